/** The output splits that the rows of one input split go to, by TFX's hash rule where there is a choice. */

import { hash } from 'node:crypto';

import type { ExamplesMeta } from '../../lib/artifact/examples';
import { partitionFeatureWithoutValue, requirePartitionFeature } from '../../lib/example/partition-feature';
import type { RowValues } from '../../lib/example/row-values';
import type { InputSplit, SplitPlan } from '../../lib/example/split-config';
import { SplitRule } from '../../lib/example/split-rule';
import { ExampleEncoder } from '../../lib/tfmd/example-encoder';
import type { ColumnLayout } from './column-layout';
import type { Duckdb } from './connection';
import { SplitWriter } from './examples-writer';

/** Where the rows of an input split go. */
export type SplitWritersTarget = {
  /** The artifact's folder. */
  readonly folder: string;
  readonly meta: ExamplesMeta;
  /** How the columns of `meta` lie. Default: one value a row, text as UTF-8. */
  readonly layouts?: readonly ColumnLayout[];
  readonly plan: SplitPlan;
  readonly input: InputSplit;
};

/** One writer per output split: {@link add} rows, {@link settle} now and then, {@link finish} once. Dispose it in any case. */
export class SplitWriters implements AsyncDisposable {
  private constructor(
    private readonly writers: readonly { readonly name: string; readonly writer: SplitWriter }[],
    private readonly route: (row: RowValues) => number,
  ) {}

  /** Makes the folders of the splits. Throws `invalid-input` where the partition feature cannot decide. */
  static async create(duckdb: Duckdb, target: SplitWritersTarget): Promise<SplitWriters> {
    const { folder, meta, layouts = meta.columns, plan, input } = target;
    const outputs = plan.outputs.length > 0 ? plan.outputs : [input];
    const route = routeOf(target);
    const writers: { name: string; writer: SplitWriter }[] = [];
    for (const { name } of outputs) {
      writers.push({ name, writer: await SplitWriter.create(duckdb, { folder, split: name, meta, layouts }) });
    }
    return new SplitWriters(writers, route);
  }

  /** Adds a row to its split; its values are copied. */
  add(row: RowValues): void {
    this.writers[this.route(row)]?.writer.add(row);
  }

  /** Starts a shard wherever enough is staged. Call it every few megabytes of input. */
  async settle(): Promise<void> {
    for (const { writer } of this.writers) await writer.settle();
  }

  /** Writes what is left; returns the rows of each split. */
  async finish(): Promise<Readonly<Record<string, number>>> {
    for (const { writer } of this.writers) await writer.finish();
    return Object.fromEntries(this.writers.map(({ name, writer }) => [name, writer.rows]));
  }

  /** Interrupts what is still being written. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { writer } of this.writers) await writer[Symbol.asyncDispose]();
  }
}

/** The index of the output split for each row; the only one where nothing is to be divided. */
function routeOf({ meta, layouts, plan }: SplitWritersTarget): (row: RowValues) => number {
  if (plan.outputs.length === 0) return () => 0;
  const { columns } = meta;
  const rule = new SplitRule(plan.outputs);
  const encoder = new ExampleEncoder(
    columns.map((column, index) => ({ ...column, isList: layouts?.[index]?.isList ?? false })),
    meta.record,
  );
  const feature = plan.partitionFeatureName;
  if (feature === undefined) return (row) => rule.splitOf(rule.bucketOf(sha256(encoder.encode(row))));
  const names = columns.map(({ name }) => name);
  const kinds = columns.map(({ kind }) => kind);
  const slot = requirePartitionFeature(feature, names, kinds);
  return (row) => {
    const bytes = encoder.encodeFeature(slot, row);
    if (bytes.length === 0) throw partitionFeatureWithoutValue(feature);
    return rule.splitOf(rule.bucketOf(sha256(bytes)));
  };
}

/** A binary string costs half of what a buffer does: a hash is made for every row. */
function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'binary');
}
