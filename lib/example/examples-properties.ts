import type { ArtifactProperties } from '../artifact/artifact';

/** What an ExampleGen knows when its last row is written. */
export type WrittenExamples = {
  /** Names of the splits, in order. */
  readonly splitNames: readonly string[];
  /** Rows of each split. */
  readonly rows: Readonly<Record<string, number>>;
  /** Names of the features of all splits; what several share counts once. */
  readonly features: Iterable<string>;
  readonly inputFingerprint: string;
};

/** The properties of an `Examples` artifact: TFX's, and our own counts. */
export function examplesProperties({
  splitNames,
  rows,
  features,
  inputFingerprint,
}: WrittenExamples): ArtifactProperties {
  return {
    splitNames: [...splitNames],
    payloadFormat: 'FORMAT_TF_EXAMPLE',
    fileFormat: 'parquet',
    span: 0,
    inputFingerprint,
    rows: { ...rows },
    rowCount: Object.values(rows).reduce((sum, count) => sum + count, 0),
    featureCount: new Set(features).size,
  };
}
