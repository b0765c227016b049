/**
 * ParquetExampleGen. The descriptions of all files come first, so that a wrong column is told before a row is read; then one
 * pass makes each row's tf.Example, hashes it and stages the row in the split that TFX would choose.
 */

import path from 'node:path';

import type { ExamplesMeta } from '../../lib/artifact/examples';
import { parquetExampleGenSpec } from '../../lib/catalog/parquet-example-gen/spec';
import { AppError } from '../../lib/errors';
import { describeInput } from '../../lib/example/describe-input';
import { examplesProperties } from '../../lib/example/examples-properties';
import { parquetColumnNames } from '../../lib/example/parquet-columns';
import { planSplits, type SplitPlan } from '../../lib/example/split-config';
import { duckdbShare, openDuckdb, type Duckdb } from '../duckdb/connection';
import { toParquetFeature, type ParquetFeature, type ParquetRules } from '../duckdb/parquet-features';
import { describeParquet, readParquet } from '../duckdb/parquet-source';
import type { DuckdbSession } from '../duckdb/query';
import { RowReader } from '../duckdb/row-reader';
import { SplitWriters } from '../duckdb/split-writers';
import { implement, type ExecutionContext } from '../engine/executor';
import { findInputs, inputFingerprint, nameInput, sourceChanged, type FoundInput } from '../storage/input-splits';
import type { SourceFile } from '../storage/source-files';

type Context = ExecutionContext<typeof parquetExampleGenSpec>;

/** A file, its rows, and its features in the order of the first file of its split. */
type InputFile = {
  readonly source: SourceFile;
  readonly rows: number;
  readonly features: readonly ParquetFeature[];
};

/** What the descriptions of an input split's files say. */
type Input = FoundInput & {
  readonly contents: readonly InputFile[];
  readonly features: readonly ParquetFeature[];
  readonly rows: number;
};

export const parquetExampleGen = implement(parquetExampleGenSpec, async (context) => {
  const plan = planSplits(context.params);
  const found = await findInputs(path.resolve(context.baseFolder, context.params.inputBase), plan.inputs);
  const limits = { threads: context.limits.threads, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  // The writers copy on connections of their own; this one reads.
  const session = { connection: await duckdb.connect(), signal: context.signal };
  const inputs: Input[] = [];
  for (const each of found) {
    const input = await describeFiles(session, each, context.params);
    context.log(
      describeInput({ source: nameInput(input), rows: input.rows, kinds: input.features.map(({ kind }) => kind) }),
    );
    inputs.push(input);
  }

  const meter = new Meter(context, inputs);
  const rows: Record<string, number> = {};
  for (const input of inputs) {
    Object.assign(rows, await writeInput({ context, plan, duckdb, session, meter }, input));
  }
  for (const [split, count] of Object.entries(rows)) context.log(`Split ${split}: ${count.toLocaleString('en')} rows`);

  const properties = examplesProperties({
    splitNames: plan.names,
    rows,
    features: inputs.flatMap(({ features }) => features.map(({ name }) => name)),
    inputFingerprint: inputFingerprint(inputs),
  });
  return { outputs: { examples: { properties } } };
});

/** Progress by rows, told whenever another percent is done. */
class Meter {
  private readonly total: number;
  private done = 0;
  private shown = -1;

  constructor(
    private readonly context: Context,
    inputs: readonly Input[],
  ) {
    this.total = Math.max(
      1,
      inputs.reduce((sum, { rows }) => sum + rows, 0),
    );
  }

  add(rows: number): void {
    this.done += rows;
    const percent = Math.floor((100 * this.done) / this.total);
    if (percent === this.shown) return;
    this.shown = percent;
    const message = `${this.done.toLocaleString('en')} of ${this.total.toLocaleString('en')} rows`;
    this.context.progress({ share: Math.min(1, this.done / this.total), message });
  }
}

async function describeFiles(session: DuckdbSession, found: FoundInput, rules: ParquetRules): Promise<Input> {
  const contents: InputFile[] = [];
  for (const source of found.files) {
    const { rows, columns } = await describeParquet(session, source);
    const features = columns.map((column) => toParquetFeature(source.name, column, rules));
    const [first] = contents;
    contents.push({ source, rows, features: first === undefined ? features : sameFeatures(first, source, features) });
  }
  const rows = contents.reduce((sum, file) => sum + file.rows, 0);
  if (rows === 0) {
    const what = contents.length === 1 ? `${nameInput(found)} has` : `The files of "${found.split.name}" have`;
    throw new AppError('invalid-input', `${what} columns, but no rows.`, {
      nextStep: 'Check that this is the right file; at least one row is needed.',
    });
  }
  return { ...found, contents, features: contents[0]?.features ?? [], rows };
}

/** The features of a later file in the order of the first one. Throws `invalid-input` where they are not the same. */
function sameFeatures(
  first: InputFile,
  source: SourceFile,
  features: readonly ParquetFeature[],
): readonly ParquetFeature[] {
  const refuse = (what: string) =>
    new AppError('invalid-input', `${source.name} has other columns than ${first.source.name}: ${what}.`, {
      nextStep:
        'Files of one input split need the same columns with the same types: use one input split for each kind.',
      path: source.name,
    });
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const ordered = first.features.map((expected) => {
    const feature = byName.get(expected.name);
    if (feature === undefined) throw refuse(`"${expected.name}" is missing`);
    byName.delete(expected.name);
    const isSame =
      feature.kind === expected.kind &&
      feature.isList === expected.isList &&
      feature.isBinary === expected.isBinary &&
      feature.isTime === expected.isTime;
    if (!isSame) throw refuse(`"${expected.name}" is ${typeName(expected)} there and ${typeName(feature)} here`);
    return feature;
  });
  for (const name of byName.keys()) throw refuse(`"${name}" is not there`);
  return ordered;
}

function typeName({ kind, isList, isBinary, isTime }: ParquetFeature): string {
  const value = isTime ? 'time' : isBinary ? 'bytes' : kind;
  return isList ? `lists of ${value}` : value;
}

type Pass = {
  readonly context: Context;
  readonly plan: SplitPlan;
  readonly duckdb: Duckdb;
  readonly session: DuckdbSession;
  readonly meter: Meter;
};

async function writeInput(
  { context, plan, duckdb, session, meter }: Pass,
  { split, contents, features }: Input,
): Promise<Readonly<Record<string, number>>> {
  const { folder } = context.outputs.examples;
  const target = { folder, meta: metaOf(features), layouts: features, plan, input: split };
  await using writers = await SplitWriters.create(duckdb, target);
  const reader = new RowReader(features);
  const hasLists = features.some(({ isList }) => isList);
  for (const file of contents) {
    let rows = 0;
    for await (const chunk of readParquet(session, file.source, file.features)) {
      reader.open(chunk);
      for (let at = 0; at < chunk.rowCount; at++) {
        reader.read(at);
        if (hasLists) requireNoNulls(reader, at, { file, row: rows + at });
        writers.add(reader.row);
      }
      rows += chunk.rowCount;
      await writers.settle();
      meter.add(chunk.rowCount);
    }
    if (rows !== file.rows) throw sourceChanged(file.source.name);
  }
  return await writers.finish();
}

type Place = { readonly file: InputFile; readonly row: number };

/** TFX stops at a null inside a list, which no feature can hold. */
function requireNoNulls(reader: RowReader, at: number, { file, row }: Place): void {
  const slot = reader.findNullInList(at);
  if (slot === undefined) return;
  const name = file.features[slot]?.name ?? '';
  throw new AppError(
    'invalid-input',
    `The column "${name}" of ${file.source.name} has a list with a null inside, in row ${row + 1}.`,
    { nextStep: 'Leave nulls out of lists where the file is made.', path: `${file.source.name}:${row + 1}` },
  );
}

function metaOf(features: readonly ParquetFeature[]): ExamplesMeta {
  const columns = parquetColumnNames(features.map(({ name }) => name));
  return {
    version: 1,
    record: 'kindless-falsy',
    columns: features.map(({ name, kind }, index) => ({
      name,
      column: columns[index] ?? name,
      kind,
      nullMeans: 'missing',
    })),
  };
}
