/**
 * Transform. Fits every feature on the analyzed splits inside DuckDB, freezes what was learned in the transform graph, and
 * writes the features of every split. What reads the graph later (training, serving) is the interpreter of `lib/transform`.
 */

import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { splitFolder } from '../../lib/artifact/artifact';
import {
  EMPTY_SCHEMA,
  schemaFeature,
  writeSchemaText,
  type DataSchema,
  type SchemaFeature,
} from '../../lib/artifact/data-schema';
import { EXAMPLES_META_KEY, examplesFileName, type ExamplesMeta } from '../../lib/artifact/examples';
import { transformSpec } from '../../lib/catalog/transform/spec';
import { AppError } from '../../lib/errors';
import { formatQuantity } from '../../lib/format/number';
import { parquetColumnNames } from '../../lib/example/parquet-columns';
import { fitTransform, type FittedTransform, type RawColumn } from '../../lib/transform/fit-transform';
import { orderFeatures, type OrderedFeature } from '../../lib/transform/transform-feature';
import {
  TRANSFORM_GRAPH_FILE,
  TRANSFORMED_SCHEMA_FILE,
  VOCABULARIES_FOLDER,
  writeTransformGraph,
  type TransformGraph,
  type TransformStep,
} from '../../lib/transform/transform-graph';
import { duckdbShare, openDuckdb, sqlText } from '../duckdb/connection';
import { openExamplesSplit } from '../duckdb/examples-source';
import { execute, type DuckdbSession } from '../duckdb/query';
import { TransformSession, type TransformSplit, type WantedColumn } from '../duckdb/transform-session';
import { implement, type ExecutionContext } from '../engine/executor';
import { readSchema } from '../storage/artifact-files';
import { chosenSplits } from '../storage/artifact-splits';

type Context = ExecutionContext<typeof transformSpec>;

const DEFAULT_ANALYZED = 'train';

export const transform = implement(transformSpec, async (context) => {
  const features = orderFeatures(context.params.features);
  if ('cycle' in features) throw new Error('features in a circle passed the parser');
  const limits = { ...context.limits, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  const session = { connection: duckdb.connection, signal: context.signal };
  const { splits, written } = await openSplits(context, session);
  const transformation = await TransformSession.open(session, splits, wantedColumns(features));
  const columns = withDomains(transformation.columns, await readSchema(context.inputs.schema.folder));

  let fitted = 0;
  const { graph, vocabularies } = await fitTransform({
    features,
    columns,
    analyzer: transformation.analyzer,
    onStep: async (step, known) => {
      await transformation.addStep(step, known);
      fitted++;
      context.progress({
        share: (0.7 * fitted) / features.length,
        message: `${fitted} of ${features.length} features fitted`,
      });
    },
  });
  warnOfConstants(context, graph);
  await writeGraph(context.outputs.transformGraph.folder, { graph, vocabularies }, transformation);
  const rows = await writeSplits(context, session, { transformation, graph, written });
  return {
    outputs: {
      transformGraph: { properties: { featureCount: graph.steps.length, columnCount: columns.size } },
      transformedExamples: {
        properties: {
          splitNames: written.map(({ name }) => name),
          payloadFormat: 'FORMAT_TF_EXAMPLE',
          fileFormat: 'parquet',
          span: 0,
          rows,
          rowCount: Object.values(rows).reduce((sum, count) => sum + count, 0),
          featureCount: graph.steps.length,
        },
      },
    },
  };
});

/** The splits to read, each with its files, and those of them to write. */
async function openSplits(context: Context, session: DuckdbSession) {
  const { examples } = context.inputs;
  const all = await chosenSplits(examples, { excludeSplits: [], what: 'examples', warn: () => undefined });
  const { analyze = [DEFAULT_ANALYZED], transform: toWrite = all } = context.params.splitsConfig ?? {};
  for (const name of [...analyze, ...toWrite])
    if (!all.includes(name))
      throw new AppError('invalid-input', `The examples have no split "${name}": they have ${all.join(', ')}.`, {
        nextStep: 'Say in splitsConfig which splits to analyze and which to transform.',
        path: 'params.splitsConfig',
      });
  const splits: TransformSplit[] = [];
  for (const name of all) {
    if (!analyze.includes(name) && !toWrite.includes(name)) continue;
    const source = await openExamplesSplit(session, { folder: examples.folder, split: name });
    splits.push({ name, source, isAnalyzed: analyze.includes(name) });
  }
  return { splits, written: splits.filter(({ name }) => toWrite.includes(name)) };
}

const TEXT_OPS: ReadonlySet<string> = new Set(['computeAndApplyVocabulary', 'hashStrings']);

/** The columns that features read; one that is blank everywhere counts as what its readers take. */
function wantedColumns(features: readonly OrderedFeature[]): readonly WantedColumn[] {
  const wanted = new Map<string, WantedColumn>();
  for (const { feature, from } of features) {
    if (from !== 'raw') continue;
    const { column: name, op, fillMissing } = feature;
    const isText = typeof fillMissing === 'string' || (fillMissing === undefined && TEXT_OPS.has(op));
    if (isText || !wanted.has(name))
      wanted.set(name, { name, kindIfEmpty: isText ? 'STRING' : op === 'oneHot' ? 'INT' : 'FLOAT' });
  }
  return [...wanted.values()];
}

/** Columns with the whole numbers that the schema allows them. */
function withDomains(columns: ReadonlyMap<string, RawColumn>, schema: DataSchema): ReadonlyMap<string, RawColumn> {
  const domains = new Map(schema.feature.map((feature) => [feature.name ?? '', intDomain(feature)]));
  return new Map([...columns].map(([name, { kind, isList }]) => [name, { kind, isList, domain: domains.get(name) }]));
}

function intDomain({ intDomain: domain }: SchemaFeature): RawColumn['domain'] {
  if (domain?.min === undefined || domain.max === undefined) return undefined;
  const [min, max] = [Number(domain.min), Number(domain.max)];
  return Number.isSafeInteger(min) && Number.isSafeInteger(max) ? { min, max } : undefined;
}

/** A feature that says the same of every training row teaches a model nothing. */
function warnOfConstants({ log }: Context, { steps }: TransformGraph): void {
  for (const { name, column, op } of steps) {
    if (op.type === 'z-score' && op.variance === 0)
      log(`"${name}": ${column} does not vary in the analyzed rows, so that its z-score is 0 there.`, 'warning');
    if (op.type === 'min-max' && Number.isNaN(op.min))
      log(
        `"${name}": ${column} holds NaN, so that the sigmoid of the value takes the place of scaling, as in TFT.`,
        'warning',
      );
    else if (op.type === 'min-max' && op.min === op.max)
      log(
        `"${name}": ${column} does not vary in the analyzed rows; the sigmoid of the value takes the place of scaling, as in TFT.`,
        'warning',
      );
  }
}

async function writeGraph(
  folder: string,
  { graph, vocabularies }: FittedTransform,
  transformation: TransformSession,
): Promise<void> {
  await writeFile(path.join(folder, TRANSFORM_GRAPH_FILE), writeTransformGraph(graph));
  await mkdir(path.join(folder, VOCABULARIES_FOLDER));
  for (const [file, tokens] of vocabularies)
    await writeFile(path.join(folder, VOCABULARIES_FOLDER, file), tokens.map((token) => `${token}\n`).join(''));
  const schema = path.join(folder, TRANSFORMED_SCHEMA_FILE);
  await mkdir(path.dirname(schema), { recursive: true });
  const feature = graph.steps.map((step) => schemaOf(step, transformation.isList(step.name)));
  await writeFile(schema, writeSchemaText({ ...EMPTY_SCHEMA, feature }));
}

const SCHEMA_TYPES = { INT: 'INT', FLOAT: 'FLOAT', STRING: 'BYTES' } as const;

/** What TFT writes of a feature: a domain where the op bounds the numbers, a shape where every row has a value. */
function schemaOf({ name, kind, op, domain, fillMissing }: TransformStep, isList: boolean): SchemaFeature {
  const isBounded = domain !== undefined && op.type !== 'identity' && op.type !== 'label';
  const isDense = op.type === 'one-hot' || (fillMissing !== undefined && !isList && op.type !== 'cast');
  return schemaFeature({
    name,
    type: SCHEMA_TYPES[kind],
    ...(isBounded && { intDomain: { min: BigInt(domain.min), max: BigInt(domain.max), isCategorical: true } }),
    ...(isDense && {
      presence: { minFraction: 1 },
      shape: { dim: op.type === 'one-hot' ? [{ size: op.depth }] : [] },
    }),
  });
}

type Output = {
  readonly transformation: TransformSession;
  readonly graph: TransformGraph;
  readonly written: readonly TransformSplit[];
};

/** Writes each split into one file; returns its rows. */
async function writeSplits(
  context: Context,
  session: DuckdbSession,
  { transformation, graph, written }: Output,
): Promise<Readonly<Record<string, number>>> {
  const names = graph.steps.map(({ name }) => name);
  const parquetNames = new Map(parquetColumnNames(names).map((column, index) => [names[index] ?? '', column]));
  const meta: ExamplesMeta = {
    version: 1,
    record: 'typed-lists',
    columns: graph.steps.map(({ name, kind }) => ({
      name,
      column: parquetNames.get(name) ?? name,
      kind,
      nullMeans: 'missing',
    })),
  };
  const rows: Record<string, number> = {};
  for (const [index, split] of written.entries()) {
    const folder = path.join(context.outputs.transformedExamples.folder, splitFolder(split.name));
    await mkdir(folder, { recursive: true });
    const unfinished = path.join(folder, 'shard-0.parquet');
    await execute(
      session,
      `COPY (${transformation.outputQuery(split, parquetNames)}) TO ${sqlText(unfinished)}
        (FORMAT parquet, COMPRESSION snappy, KV_METADATA {${sqlText(EXAMPLES_META_KEY)}: ${sqlText(JSON.stringify(meta))}})`,
    );
    await rename(unfinished, path.join(folder, examplesFileName(0, 1)));
    rows[split.name] = split.source.numRows;
    context.progress({ share: 0.7 + (0.3 * (index + 1)) / written.length, message: `${split.name} written` });
    context.log(
      `Split ${split.name}: ${formatQuantity(split.source.numRows, 'row')}, ${formatQuantity(names.length, 'feature')}`,
    );
  }
  return rows;
}
