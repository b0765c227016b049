/** One measured claim of the product, beside its bar and its peer. */

/** What a benchmark reports. */
export type BenchRow = {
  /** What is claimed, in the product's words: `StatisticsGen of taxi × 100`. */
  readonly claim: string;
  readonly measured: number;
  /** Unit of `measured` and of the peer's value: `s`, `ms`, `rows/s`, `×`. */
  readonly unit: string;
  /** The bar in words: `≤ 2 × SUMMARIZE (3.9 s)`. */
  readonly bar: string;
  /** The one it is compared with, measured in the same run or scaled by the ruler. */
  readonly peer?: { readonly name: string; readonly value: number; readonly unit: string };
  readonly ok: boolean;
};

/** A benchmark: measures one claim, or a few that share their preparation. */
export type Benchmark = () => Promise<readonly BenchRow[]>;
