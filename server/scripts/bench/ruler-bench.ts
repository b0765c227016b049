/** The ruler itself, so that whoever reads the other rows sees what machine they were measured on. */

import type { BenchRow } from './bench-row';
import { RULER_CSV_S, RULER_PARQUET_S } from './baselines';
import { ruler } from './ruler';

/** Both figures of the ruler beside those of the machine where TFX was measured. No bar. */
export async function run(): Promise<readonly BenchRow[]> {
  const { csvS, parquetS } = await ruler();
  const row = (from: string, measured: number, value: number): BenchRow => ({
    claim: `DuckDB SUMMARIZE of taxi × 100 from ${from} (the ruler)`,
    measured,
    unit: 's',
    bar: 'none',
    peer: { name: 'there', value, unit: 's' },
    ok: true,
  });
  return [row('CSV', csvS, RULER_CSV_S), row('Parquet', parquetS, RULER_PARQUET_S)];
}
