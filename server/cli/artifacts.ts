/** `sluice artifacts`: what runs have made; a look inside, and copies to take away. */

import type { Command } from 'commander';
import * as z from 'zod';

import { listArtifacts, requireArtifact, type StoredArtifact } from '../artifacts/artifact-repository';
import { artifactFolder } from '../storage/artifact-store';
import { showInside } from './artifact-inside';
import { group, parseCount, perform, verb, type CommonFlags } from './call';
import { exportArtifact, EXPORT_FORMATS } from './export-artifact';
import { EXIT, print, printDocument } from './output';
import { withStudio } from './studio';
import { formatBytes, textTable } from './text-table';
import { Option } from 'commander';

/** Defines the verbs. */
export function artifactsCommand(): Command {
  return group('artifacts', 'list, show and export what runs have made')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(exportCommand());
}

type ListFlags = CommonFlags & { readonly limit: number; readonly type?: string; readonly pipeline?: string };

function listCommand(): Command {
  return verb('list', 'artifacts, newest first')
    .option('--limit <n>', 'at most so many, up to 1000', parseCount, 100)
    .option('--type <type>', 'only those of this type, for example Examples')
    .option('--pipeline <name>', 'only those of this pipeline')
    .action((flags: ListFlags) =>
      perform(flags, (call) =>
        withStudio(call, async ({ db }) => {
          const { limit, type, pipeline } = flags;
          const artifacts = (await listArtifacts(db, { limit, type, pipeline })).map(toSummary);
          if (call.json) printDocument({ artifacts });
          else if (artifacts.length === 0) print('No artifacts yet. `sluice run FILE` makes some.');
          else
            print(
              textTable(
                ['id', 'type', 'pipeline', 'made by', 'size', 'created'],
                artifacts.map((item) => [
                  item.id,
                  item.type,
                  item.pipeline,
                  `${item.node}.${item.port}`,
                  formatBytes(item.sizeBytes),
                  item.createdAt,
                ]),
              ),
            );
          return EXIT.done;
        }),
      ),
    );
}

function showCommand(): Command {
  return verb('show', 'facts and files of an artifact; rows of Examples, figures of ExampleStatistics')
    .argument('<id>')
    .action((id: string, flags: CommonFlags) =>
      perform(flags, (call) =>
        withStudio(call, async (studio) => {
          const artifact = await requireArtifact(studio.db, id);
          const inside = await showInside(studio, artifact);
          const folder = artifactFolder(studio.artifactsFolder, artifact.uri);
          const { properties, files } = artifact;
          if (call.json) printDocument({ ...toSummary(artifact), folder, properties, files, ...inside.document });
          else print([describeArtifact(artifact, folder), inside.text].filter(Boolean).join('\n\n'));
          return EXIT.done;
        }),
      ),
    );
}

const zFormat = z.enum(EXPORT_FORMATS);
type ExportFlags = CommonFlags & { readonly format: string };

function exportCommand(): Command {
  return verb('export', 'write an artifact into a new or empty folder')
    .argument('<id>')
    .argument('<dir>')
    .addOption(
      new Option('--format <format>', 'files: as they are stored; tfrecord: Examples as gzipped TFRecord files')
        .choices([...EXPORT_FORMATS])
        .default('files'),
    )
    .action((id: string, dir: string, flags: ExportFlags) =>
      perform(flags, (call) =>
        withStudio(call, async (studio) => {
          const artifact = await requireArtifact(studio.db, id);
          const exported = await exportArtifact(studio, { artifact, dir, format: zFormat.parse(flags.format) });
          if (call.json) printDocument(exported);
          else print(`${exported.files.length} files are in ${exported.folder}.`);
          return EXIT.done;
        }),
      ),
    );
}

function toSummary({ uri: _uri, properties: _properties, files: _files, ...summary }: StoredArtifact) {
  return summary;
}

function describeArtifact(artifact: StoredArtifact, folder: string): string {
  const { id, type, state, pipeline, node, port, createdAt, files } = artifact;
  return [
    `${type} ${id}${state === 'live' ? '' : ` (${state} on disk)`}`,
    `made by ${node}.${port} of ${pipeline}, ${createdAt}`,
    folder,
    textTable(
      ['file', 'size'],
      files.map((file) => [file.path, formatBytes(file.sizeBytes)]),
    ),
  ].join('\n');
}
