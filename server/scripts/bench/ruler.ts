/** What turns the figures of {@link file://./baselines.ts} into this machine's: the same DuckDB query, timed here. */

import { sqlText } from '../../duckdb/connection';
import { bestOf, openBenchDuckdb, taxiHundred } from './bench-data';
import { RULER_CSV_S, RULER_PARQUET_S } from './baselines';

/** The ruler on this machine. */
export type Ruler = {
  /** Seconds of `SUMMARIZE` of taxi × 100 from CSV; best of three, two threads. */
  readonly csvS: number;
  /** The same from Parquet. */
  readonly parquetS: number;
  /** Multiply a figure of TFX by it to get what TFX would take here. */
  readonly scale: number;
};

let measured: Promise<Ruler> | undefined;

/** Measures once a run; every benchmark after that shares the figures. */
export function ruler(): Promise<Ruler> {
  measured ??= measure();
  return measured;
}

async function measure(): Promise<Ruler> {
  const { csv, parquet } = await taxiHundred();
  await using database = await openBenchDuckdb();
  const summarize = (source: string): Promise<unknown> =>
    database.connection.runAndReadAll(`summarize select * from ${source}`);
  const csvS = await bestOf(3, () => summarize(`read_csv(${sqlText(csv)}, header = true)`));
  const parquetS = await bestOf(3, () => summarize(`read_parquet(${sqlText(parquet)})`));
  // The mean of both quotients: reading CSV and computing weigh the same.
  return { csvS, parquetS, scale: (csvS / RULER_CSV_S + parquetS / RULER_PARQUET_S) / 2 };
}
