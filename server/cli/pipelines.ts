/** `sluice pipelines`: the stored pipelines. */

import type { Command } from 'commander';

import { COMPONENTS } from '../../lib/catalog/index';
import { AppError } from '../../lib/errors';
import { hasErrors } from '../../lib/pipeline/problem';
import { validatePipeline } from '../../lib/pipeline/validate';
import { findPipeline, listStoredPipelines, savePipeline, type StoredPipeline } from '../pipelines/pipeline-repository';
import { InvalidPipelineError } from '../runs/plan-run';
import { group, perform, verb, type CommonFlags } from './call';
import { EXIT, print, printDocument } from './output';
import { readPipelineFile } from './pipeline-file';
import { withStudio, type Studio } from './studio';
import { textTable } from './text-table';

/** Defines the verbs. */
export function pipelinesCommand(): Command {
  return group('pipelines', 'list, show, import and export stored pipelines')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand());
}

function listCommand(): Command {
  return verb('list', 'the stored pipelines, by name').action((flags: CommonFlags) =>
    perform(flags, (call) =>
      withStudio(call, async ({ db }) => {
        const pipelines = (await listStoredPipelines(db)).map(toSummary);
        if (call.json) printDocument({ pipelines });
        else if (pipelines.length === 0)
          print('No pipelines yet. `sluice pipelines import FILE` or `sluice run FILE` adds one.');
        else
          print(
            textTable(
              ['name', 'version', 'nodes', 'changed'],
              pipelines.map((item) => [item.name, item.version, item.nodes, item.updatedAt]),
            ),
          );
        return EXIT.done;
      }),
    ),
  );
}

function showCommand(): Command {
  return verb('show', 'one pipeline and its document')
    .argument('<name>')
    .action((name: string, flags: CommonFlags) =>
      perform(flags, (call) =>
        withStudio(call, async (studio) => {
          const pipeline = await requirePipeline(studio, name);
          const summary = toSummary(pipeline);
          if (call.json) printDocument({ ...summary, document: pipeline.document });
          else
            print(
              [
                `${summary.name}, version ${summary.version}, paths start in ${summary.baseFolder}`,
                textTable(
                  ['node', 'component', 'inputs'],
                  Object.entries(pipeline.document.nodes).map(([id, node]) => [
                    id,
                    node.component,
                    Object.values(node.inputs ?? {})
                      .flat()
                      .join(', '),
                  ]),
                ),
              ].join('\n'),
            );
          return EXIT.done;
        }),
      ),
    );
}

function importCommand(): Command {
  return verb('import', 'store a pipeline file under its name; a changed document becomes a new version')
    .argument('<file>')
    .action((file: string, flags: CommonFlags) =>
      perform(flags, async (call) => {
        const { document, baseFolder } = await readPipelineFile(file);
        const problems = validatePipeline(document, COMPONENTS);
        if (hasErrors(problems)) throw new InvalidPipelineError(problems);
        return withStudio(call, async ({ db }) => {
          const saved = await db.transaction((tx) => savePipeline(tx, { document, baseFolder, draft: 'replace' }));
          if (call.json) printDocument({ ...saved, name: document.name });
          else if (saved.isNewVersion) print(`${document.name} is stored as version ${saved.version}.`);
          else print(`${document.name} is unchanged: version ${saved.version}.`);
          return EXIT.done;
        });
      }),
    );
}

function exportCommand(): Command {
  return verb('export', 'write the document of a pipeline, as a pipeline file, to standard output')
    .argument('<name>')
    .action((name: string, flags: CommonFlags) =>
      perform(flags, (call) =>
        withStudio(call, async (studio) => {
          printDocument((await requirePipeline(studio, name)).document);
          return EXIT.done;
        }),
      ),
    );
}

async function requirePipeline({ db }: Studio, name: string): Promise<StoredPipeline> {
  const found = await findPipeline(db, name);
  if (found !== undefined) return found;
  throw new AppError('not-found', `There is no pipeline "${name}".`, {
    nextStep: 'See the list with "pipelines list".',
  });
}

function toSummary({ id, name, version, document, baseFolder, createdAt, updatedAt }: StoredPipeline) {
  return {
    id,
    name,
    version,
    nodes: Object.keys(document.nodes).length,
    baseFolder,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
