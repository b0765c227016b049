/**
 * CsvExampleGen. Two passes over the files of each input split: the first infers the kinds of the columns, which no row
 * alone can tell; the second makes each row's tf.Example, hashes it and stages the row in the split that TFX would choose.
 */

import path from 'node:path';

import type { ExamplesMeta, FeatureKind } from '../../lib/artifact/examples';
import { csvExampleGenSpec } from '../../lib/catalog/csv-example-gen/spec';
import type { ParamsOf } from '../../lib/catalog/component-spec';
import { ColumnKinds } from '../../lib/csv/column-kinds';
import { CsvScanner, type CsvRecord } from '../../lib/csv/csv-scanner';
import { isSameHeader, readHeader, requireSameHeader } from '../../lib/csv/header';
import { fillRow } from '../../lib/csv/row-parser';
import { AppError } from '../../lib/errors';
import { describeInput } from '../../lib/example/describe-input';
import { examplesProperties } from '../../lib/example/examples-properties';
import { parquetColumnNames } from '../../lib/example/parquet-columns';
import { RowValues } from '../../lib/example/row-values';
import { planSplits, type SplitPlan } from '../../lib/example/split-config';
import { duckdbShare, openDuckdb, type Duckdb } from '../duckdb/connection';
import { SplitWriters } from '../duckdb/split-writers';
import { implement, type ExecutionContext } from '../engine/executor';
import { findInputs, inputFingerprint, nameInput, sourceChanged, type FoundInput } from '../storage/input-splits';
import { readChunks } from '../storage/read-chunks';
import type { SourceFile } from '../storage/source-files';

type Context = ExecutionContext<typeof csvExampleGenSpec>;

/** What the first pass learns of an input split. */
type Input = FoundInput & {
  readonly names: readonly string[];
  readonly kinds: readonly FeatureKind[];
  readonly rows: number;
};

export const csvExampleGen = implement(csvExampleGenSpec, async (context) => {
  const plan = planSplits(context.params);
  const found = await findInputs(path.resolve(context.baseFolder, context.params.inputBase), plan.inputs);
  const meter = new Meter(context, found);
  const inputs: Input[] = [];
  for (const each of found) {
    const input = await inferInput(context, each, meter);
    context.log(describeInput({ ...input, source: nameInput(input) }));
    inputs.push(input);
  }

  const limits = { threads: context.limits.threads, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  const rows: Record<string, number> = {};
  for (const input of inputs) Object.assign(rows, await writeInput({ context, plan, duckdb, meter }, input));

  for (const [split, count] of Object.entries(rows)) context.log(`Split ${split}: ${count.toLocaleString('en')} rows`);

  const properties = examplesProperties({
    splitNames: plan.names,
    rows,
    features: inputs.flatMap(({ names }) => names),
    inputFingerprint: inputFingerprint(inputs),
  });
  return { outputs: { examples: { properties } } };
});

/** Progress by bytes over both passes; says how many rows there are as soon as they are counted. */
class Meter {
  private readonly total: number;
  private done = 0;
  private shown = -1;

  constructor(
    private readonly context: Context,
    found: readonly FoundInput[],
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

async function inferInput(context: Context, found: FoundInput, meter: Meter): Promise<Input> {
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

type Pass = {
  readonly context: Context;
  readonly plan: SplitPlan;
  readonly duckdb: Duckdb;
  readonly meter: Meter;
};

async function writeInput(
  { context, plan, duckdb, meter }: Pass,
  input: Input,
): Promise<Readonly<Record<string, number>>> {
  const { names, kinds, files, split } = input;
  const meta = metaOf(input, context.params.emptyCells);
  const { folder } = context.outputs.examples;
  await using writers = await SplitWriters.create(duckdb, { folder, meta, plan, input: split });
  const row = new RowValues(names.length);
  let rows = 0;
  for (const file of files) {
    await scanFile({
      file,
      params: context.params,
      signal: context.signal,
      onHeader: (header) => {
        if (!isSameHeader(names, header)) throw sourceChanged(file.name);
      },
      onRow: (record) => {
        if (!fillRow(record, kinds, row)) throw sourceChanged(file.name);
        writers.add(row);
        rows++;
      },
      onChunk: async (bytes) => {
        await writers.settle();
        meter.add(bytes, `${rows.toLocaleString('en')} rows`);
      },
    });
  }
  if (rows !== input.rows)
    throw sourceChanged(files.length === 1 ? (files[0]?.name ?? '') : `A file of "${split.name}"`);
  return await writers.finish();
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
