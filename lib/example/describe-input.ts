import { FEATURE_KINDS, type FeatureKind } from '../artifact/examples';

/** What an ExampleGen learnt of an input split. */
export type ReadInput = {
  /** What was read: a file's name, or how many files of which split. */
  readonly source: string;
  readonly rows: number;
  readonly kinds: readonly FeatureKind[];
};

/** What was read, as a line of the log: names of files, counts and kinds; no cell of the data. */
export function describeInput({ source, rows, kinds }: ReadInput): string {
  const counts = FEATURE_KINDS.map((kind) => ({ kind, count: kinds.filter((each) => each === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind === 'NONE' ? 'blank in every row' : kind}`);
  return `${source}: ${rows.toLocaleString('en')} rows, ${kinds.length} columns (${counts.join(', ')})`;
}
