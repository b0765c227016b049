/** `sluice models`: what was pushed; its versions; predictions of a version. */

import path from 'node:path';

import type { Command } from 'commander';

import { AppError } from '../../lib/errors';
import { metricColumns } from '../../lib/model/metric-columns';
import { aliasChangeWords, parseVersionReference, versionName, type ModelVersion } from '../../lib/model/model';
import { requireArtifact } from '../artifacts/artifact-repository';
import { findDamage } from '../artifacts/find-damage';
import { listAliasChanges } from '../models/alias-repository';
import { listModels, listVersions, requireModelNamed, requireVersion } from '../models/model-repository';
import { artifactFolder } from '../storage/artifact-store';
import { group, perform, verb, type CommonFlags } from './call';
import { referenceOf } from './model-reference';
import { compareCommand } from './models-compare';
import { EXIT, print, printDocument, say } from './output';
import { withStudio, type Studio } from './studio';
import { formatBytes, textTable } from './text-table';

/** Defines the verbs. */
export function modelsCommand(): Command {
  return group('models', 'list, show and compare registered models, predict with a version')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(compareCommand())
    .addCommand(predictCommand());
}

function listCommand(): Command {
  return verb('list', 'registered models with their newest version').action((flags: CommonFlags) =>
    perform(flags, (call) =>
      withStudio(call, async ({ db }) => {
        const models = await listModels(db);
        if (call.json)
          printDocument({
            models: models.map(({ id, name, pipeline, versionCount, newest, aliases }) => ({
              id,
              name,
              pipeline: pipeline.name,
              versions: versionCount,
              newest: toVersion(name, newest),
              aliases: Object.fromEntries(aliases.map(({ alias, number }) => [alias, number])),
            })),
          });
        else if (models.length === 0) print('No models yet. A pipeline with a Pusher registers what is blessed.');
        else
          print(
            textTable(
              ['model', 'versions', 'newest', 'aliases', 'metrics', 'pushed'],
              models.map(({ name, versionCount, newest, aliases }) => [
                name,
                versionCount,
                `v${newest.number}`,
                aliases.map(({ alias, number }) => `${alias} v${number}`).join(', '),
                metricsText(newest),
                newest.createdAt,
              ]),
            ),
          );
        return EXIT.done;
      }),
    ),
  );
}

function showCommand(): Command {
  return verb('show', 'a model with every version, or one version (NAME@N, NAME@alias or its id)')
    .argument('<name>')
    .action((name: string, flags: CommonFlags) =>
      perform(flags, (call) =>
        withStudio(call, async ({ db }) => {
          const reference = parseVersionReference(name);
          const { model, versions } =
            reference === undefined
              ? await ofName(db, name)
              : await requireVersion(db, reference).then((found) => ({ ...found, versions: [found.version] }));
          const changes = await listAliasChanges(db, model.id);
          if (call.json)
            printDocument({
              id: model.id,
              name: model.name,
              pipeline: model.pipeline.name,
              versions: versions.map((version) => toVersion(model.name, version)),
              aliasHistory: changes.map(({ id: _id, ...change }) => change),
            });
          else
            print(
              [
                `${model.name}, pushed by the pipeline ${model.pipeline.name}`,
                textTable(
                  ['version', 'aliases', 'gate', 'metrics', 'size', 'run', 'pushed', 'folder'],
                  versions.map((version) => [
                    versionName(model.name, version.number),
                    version.aliases.join(', '),
                    version.gate,
                    metricsText(version),
                    formatBytes(version.sizeBytes),
                    version.run.number,
                    version.createdAt,
                    version.destination,
                  ]),
                ),
                changes.map((change) => `${change.createdAt}  ${aliasChangeWords(change)}  ${change.note}`).join('\n'),
              ]
                .filter(Boolean)
                .join('\n\n'),
            );
          return EXIT.done;
        }),
      ),
    );
}

async function ofName(db: Studio['db'], name: string) {
  const model = await requireModelNamed(db, name);
  return { model, versions: await listVersions(db, model.id) };
}

function predictCommand(): Command {
  return verb('predict', 'predictions of rows by a version (NAME@N, NAME@alias or its id)')
    .argument('<version>')
    .argument('<rows>', 'a file of CSV with a header, or of JSON lines')
    .action((name: string, rows: string, flags: CommonFlags) =>
      perform(flags, (call) =>
        withStudio(call, async (studio) => {
          const reference = referenceOf(name);
          const { model, version } = await requireVersion(studio.db, reference);
          const folder = await pushedFolder(studio, version);
          // TensorFlow.js takes its time to load: only where it is needed.
          const { predictFile } = await import('../models/predict-rows');
          const { info, predictions, ignored, missing } = await predictFile(folder, path.resolve(rows));
          for (const note of notesOf(ignored, missing)) say(note);
          if (call.json)
            printDocument({
              version: versionName(model.name, version.number),
              versionId: version.id,
              task: info.task,
              label: info.label.column,
              predictions,
              ignoredColumns: ignored,
              missingColumns: missing,
            });
          else print(predictionsText(predictions));
          return EXIT.done;
        }),
      ),
    );
}

/** The files of a version in the store. Throws `artifact-missing` where they are not what was pushed. */
async function pushedFolder({ db, artifactsFolder }: Studio, version: ModelVersion): Promise<string> {
  const artifact = await requireArtifact(db, version.pushedArtifactId);
  const folder = artifactFolder(artifactsFolder, artifact.uri);
  const damage = await findDamage({ folder, files: artifact.files, publishedAtMs: Date.parse(artifact.createdAt) });
  if (damage !== undefined)
    throw new AppError('artifact-missing', `The files of version ${version.number} are ${damage} on disk: ${folder}.`, {
      nextStep: `A copy was pushed to ${version.destination}.`,
    });
  return folder;
}

function notesOf(ignored: readonly string[], missing: readonly string[]): readonly string[] {
  return [
    ...(ignored.length > 0 ? [`The model does not read ${ignored.join(', ')}.`] : []),
    ...(missing.length > 0 ? [`Not in the file, and so missing in every row: ${missing.join(', ')}.`] : []),
  ];
}

type Predictions = readonly {
  readonly prediction: number | string;
  readonly scores?: { readonly [label: string]: number };
}[];

function predictionsText(predictions: Predictions): string {
  const classes = Object.keys(predictions[0]?.scores ?? {});
  return textTable(
    ['row', 'prediction', ...classes],
    predictions.map(({ prediction, scores }, index) => [
      index + 1,
      prediction,
      ...classes.map((name) => Number((scores?.[name] ?? Number.NaN).toPrecision(6))),
    ]),
  );
}

function toVersion(model: string, version: ModelVersion) {
  const { id, number, aliases, gate, metrics, sizeBytes, destination, run, modelDigest, createdAt } = version;
  return {
    id,
    name: versionName(model, number),
    number,
    aliases,
    gate,
    metrics,
    sizeBytes,
    folder: destination,
    runId: run.id,
    run: run.number,
    modelDigest,
    modelArtifactId: version.modelArtifactId,
    pushedArtifactId: version.pushedArtifactId,
    evaluationArtifactId: version.evaluation?.id ?? null,
    createdAt,
  };
}

/** The first figures of a version, as a table for people shows them. */
function metricsText(version: ModelVersion): string {
  return metricColumns([version])
    .slice(0, 3)
    .map((name) => `${name} ${Number((version.metrics[name] ?? Number.NaN).toPrecision(4))}`)
    .join(', ');
}
