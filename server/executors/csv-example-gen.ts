/**
 * CsvExampleGen. Two passes over the files of each input split: the first infers the kinds of the columns, which no row
 * alone can tell; the second makes each row's tf.Example, hashes it and stages the row in the split that TFX would choose.
 */

import { hash } from 'node:crypto';
import path from 'node:path';

import type { ExamplesMeta, FeatureKind } from '../../lib/artifact/examples';
import { csvExampleGenSpec } from '../../lib/catalog/csv-example-gen/spec';
import type { ParamsOf } from '../../lib/catalog/component-spec';
import { ColumnKinds } from '../../lib/csv/column-kinds';
import { CsvScanner, type CsvRecord } from '../../lib/csv/csv-scanner';
import { readHeader } from '../../lib/csv/header';
import { fillRow } from '../../lib/csv/row-parser';
import { AppError } from '../../lib/errors';
import { requirePartitionFeature } from '../../lib/example/partition-feature';
import { parquetColumnNames } from '../../lib/example/parquet-columns';
import { RowValues } from '../../lib/example/row-values';
import { planSplits, type InputSplit, type SplitPlan } from '../../lib/example/split-config';
import { SplitRule } from '../../lib/example/split-rule';
import { ExampleEncoder } from '../../lib/tfmd/example-encoder';
import { duckdbShare, openDuckdb, type Duckdb } from '../duckdb/connection';
import { SplitWriter } from '../duckdb/examples-writer';
import { implement, type ExecutionContext } from '../engine/executor';
import { readChunks } from '../storage/read-chunks';
import { findSourceFiles, type SourceFile } from '../storage/source-files';

type Context = ExecutionContext<typeof csvExampleGenSpec>;

/** What the first pass learns of an input split. */
type Input = {
  readonly split: InputSplit;
  readonly files: readonly SourceFile[];
  readonly names: readonly string[];
  readonly kinds: readonly FeatureKind[];
  readonly rows: number;
};

export const csvExampleGen = implement(csvExampleGenSpec, async (context) => {
  const plan = planSplits(context.params);
  const found = await findInputs(context, plan);
  const meter = new Meter(context, found);
  const inputs: Input[] = [];
  for (const { split, files } of found) {
    const input = await inferInput(context, { split, files }, meter);
    context.log(describeInput(input));
    inputs.push(input);
  }

  const limits = { threads: context.limits.threads, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  const rows: Record<string, number> = {};
  for (const input of inputs) Object.assign(rows, await writeInput({ context, plan, duckdb, meter }, input));

  for (const [split, count] of Object.entries(rows)) context.log(`Split ${split}: ${count.toLocaleString('en')} rows`);

  const features = new Set(inputs.flatMap(({ names }) => names));
  return {
    outputs: {
      examples: {
        properties: {
          splitNames: [...plan.names],
          payloadFormat: 'FORMAT_TF_EXAMPLE',
          fileFormat: 'parquet',
          span: 0,
          inputFingerprint: inputs.map(fingerprint).join('\n'),
          rows,
          rowCount: Object.values(rows).reduce((sum, count) => sum + count, 0),
          featureCount: features.size,
        },
      },
    },
  };
});

/** What was read, in a line of the log: names of files, counts and kinds; no cell of the data. */
function describeInput({ split, files, kinds, rows }: Input): string {
  const [first] = files;
  const source = files.length === 1 && first !== undefined ? first.name : `${files.length} files of ${split.name}`;
  const counts = (['INT', 'FLOAT', 'STRING', 'NONE'] as const)
    .map((kind) => ({ kind, count: kinds.filter((each) => each === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind === 'NONE' ? 'blank in every row' : kind}`);
  return `${source}: ${rows.toLocaleString('en')} rows, ${kinds.length} columns (${counts.join(', ')})`;
}

/** Progress by bytes over both passes; says how many rows there are as soon as they are counted. */
class Meter {
  private readonly total: number;
  private done = 0;
  private shown = -1;

  constructor(
    private readonly context: Context,
    found: readonly { readonly files: readonly SourceFile[] }[],
  ) {
    this.total = 2 * found.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  add(bytes: number, message: string): void {
    this.done += bytes;
    const percent = Math.floor((100 * this.done) / Math.max(1, this.total));
    if (percent === this.shown) return;
    this.shown = percent;
    this.context.progress({ share: Math.min(1, this.done / Math.max(1, this.total)), message });
  }
}

async function findInputs(context: Context, plan: SplitPlan): Promise<readonly Pick<Input, 'split' | 'files'>[]> {
  const base = path.resolve(context.baseFolder, context.params.inputBase);
  return Promise.all(
    plan.inputs.map(async (split) => {
      const files = await findSourceFiles(base, split.pattern);
      if (files.length === 0) {
        throw new AppError('not-found', `No file in ${base} matches the pattern ${split.pattern} of "${split.name}".`, {
          nextStep: 'Check inputBase and the pattern; hidden files and files in sub-folders are not matched by "*".',
        });
      }
      return { split, files };
    }),
  );
}

type Scan = {
  readonly file: SourceFile;
  readonly params: ParamsOf<typeof csvExampleGenSpec>;
  readonly signal: AbortSignal;
  readonly onHeader: (names: readonly string[]) => void;
  readonly onRow: (record: CsvRecord) => void;
  /** Called after each chunk, outside the scan. */
  readonly onChunk: (bytes: number) => Promise<void> | void;
};

async function scanFile({ file, params, signal, onHeader, onRow, onChunk }: Scan): Promise<void> {
  let isHeader = true;
  const scanner = new CsvScanner({
    file: file.name,
    maxRecordBytes: params.maxLineBytes,
    onRecord: (record) => {
      if (!isHeader) return onRow(record);
      isHeader = false;
      onHeader(readHeader(record, file.name));
    },
  });
  for await (const chunk of readChunks(file.path, signal)) {
    scanner.push(chunk);
    await onChunk(chunk.length);
  }
  scanner.end();
}

async function inferInput(context: Context, found: Pick<Input, 'split' | 'files'>, meter: Meter): Promise<Input> {
  let names: readonly string[] | undefined;
  let kinds = new ColumnKinds(0);
  let rows = 0;
  const [first] = found.files;
  for (const file of found.files) {
    await scanFile({
      file,
      params: context.params,
      signal: context.signal,
      onHeader: (header) => {
        if (names === undefined) {
          names = header;
          kinds = new ColumnKinds(header.length);
        } else requireSameHeader({ first: first?.name ?? '', file: file.name }, names, header);
      },
      onRow: (record) => {
        rows++;
        kinds.add(record);
      },
      onChunk: (bytes) => meter.add(bytes, 'Reading column types'),
    });
  }
  if (rows === 0 || names === undefined) {
    const what = found.files.length === 1 ? `${first?.name ?? ''} has` : `The files of "${found.split.name}" have`;
    throw new AppError('invalid-input', `${what} a header, but no rows.`, {
      nextStep: 'Check that this is the right file; at least one row is needed.',
    });
  }
  return { ...found, names, kinds: kinds.featureKinds(), rows };
}

function isSame(names: readonly string[], header: readonly string[]): boolean {
  return names.length === header.length && names.every((name, index) => name === header[index]);
}

function requireSameHeader(
  { first, file }: { first: string; file: string },
  names: readonly string[],
  header: readonly string[],
): void {
  if (isSame(names, header)) return;
  const different =
    names.length === header.length
      ? `column ${names.findIndex((name, index) => name !== header[index]) + 1} has another name`
      : `${names.length} columns there, ${header.length} here`;
  throw new AppError('invalid-input', `${file} has another header than ${first}: ${different}.`, {
    nextStep: 'Files of one input split need the same columns in the same order: use one input split for each header.',
    path: `${file}:1`,
  });
}

type Pass = {
  readonly context: Context;
  readonly plan: SplitPlan;
  readonly duckdb: Duckdb;
  readonly meter: Meter;
};

async function writeInput({ context, plan, duckdb, meter }: Pass, input: Input): Promise<Record<string, number>> {
  const { names, kinds, files, split } = input;
  const meta = metaOf(input, context.params.emptyCells);
  const outputs = plan.outputs.length > 0 ? plan.outputs : [{ name: split.name, hashBuckets: 1 }];
  await using writers = await openWriters(duckdb, outputs, { folder: context.outputs.examples.folder, meta });
  const route = routeOf(input, plan);
  const row = new RowValues(names.length);
  let rows = 0;
  for (const file of files) {
    await scanFile({
      file,
      params: context.params,
      signal: context.signal,
      onHeader: (header) => {
        if (!isSame(names, header)) throw changed(file.name);
      },
      onRow: (record) => {
        if (!fillRow(record, kinds, row)) throw changed(file.name);
        writers.list[route(row)]?.add(row);
        rows++;
      },
      onChunk: async (bytes) => {
        for (const writer of writers.list) await writer.settle();
        meter.add(bytes, `${rows.toLocaleString('en')} rows`);
      },
    });
  }
  if (rows !== input.rows) throw changed(files.length === 1 ? (files[0]?.name ?? '') : `A file of "${split.name}"`);
  for (const writer of writers.list) await writer.finish();
  return Object.fromEntries(outputs.map(({ name }, index) => [name, writers.list[index]?.rows ?? 0]));
}

async function openWriters(
  duckdb: Duckdb,
  outputs: readonly { readonly name: string }[],
  { folder, meta }: { folder: string; meta: ExamplesMeta },
): Promise<AsyncDisposable & { readonly list: readonly SplitWriter[] }> {
  const list: SplitWriter[] = [];
  for (const { name } of outputs) list.push(await SplitWriter.create(duckdb, { folder, split: name, meta }));
  return {
    list,
    async [Symbol.asyncDispose]() {
      for (const writer of list) await writer[Symbol.asyncDispose]();
    },
  };
}

/** The index of the output split for each row; the only one where nothing is to be divided. */
function routeOf({ names, kinds }: Input, plan: SplitPlan): (row: RowValues) => number {
  if (plan.outputs.length === 0) return () => 0;
  const rule = new SplitRule(plan.outputs);
  const encoder = new ExampleEncoder(names.map((name, index) => ({ name, kind: kinds[index] ?? 'NONE' })));
  const feature = plan.partitionFeatureName;
  if (feature === undefined) return (row) => rule.splitOf(rule.bucketOf(sha256(encoder.encode(row))));
  const slot = requirePartitionFeature(feature, names, kinds);
  return (row) => rule.splitOf(rule.bucketOf(sha256(encoder.encodeFeature(slot, row))));
}

/** A binary string costs half of what a buffer does: a hash is made for every row. */
function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'binary');
}

function metaOf({ names, kinds }: Input, emptyCells: 'missing' | 'empty-list'): ExamplesMeta {
  const columns = parquetColumnNames(names);
  return {
    version: 1,
    record: 'typed-lists',
    columns: names.map((name, index) => {
      const kind = kinds[index] ?? 'NONE';
      return { name, column: columns[index] ?? name, kind, nullMeans: kind === 'NONE' ? 'missing' : emptyCells };
    }),
  };
}

/** TFX's line for one input split: how many files, how large, and their times of change combined. */
function fingerprint({ split, files }: Input): string {
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const xor = files.reduce((sum, { modifiedAtS }) => sum ^ BigInt(modifiedAtS), 0n);
  const sum = files.reduce((all, { modifiedAtS }) => all + modifiedAtS, 0);
  return `split:${split.name},num_files:${files.length},total_bytes:${total},xor_checksum:${xor},sum_checksum:${sum}`;
}

function changed(what: string): AppError {
  return new AppError('conflict', `${what} changed while it was read.`, {
    nextStep: 'Run again when nothing writes to the file.',
    retryable: true,
  });
}
