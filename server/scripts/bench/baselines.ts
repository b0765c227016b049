/**
 * Figures of the real TFX, TFDV and DuckDB on the machine where they were measured (two shared cores, nothing else
 * running). TFX cannot run in our benchmarks: {@link ruler} scales its figures to this machine.
 * TFX 1.21.0, TFDV 1.21; seconds, best of three unless said otherwise.
 */

/** DuckDB's `SUMMARIZE` of taxi × 100 from CSV, two threads: the ruler. */
export const RULER_CSV_S = 3.07;
/** The same from Parquet. */
export const RULER_PARQUET_S = 1.97;
/** TFDV: statistics of taxi × 100 (1.5 M rows × 18 columns), without its import (9.6 s). */
export const TFDV_TAXI_HUNDRED_S = 63.6;
/** TFX, LocalDagRunner: CsvExampleGen of taxi-big-tipper.csv (15,002 rows); the faster of two runs. */
export const TFX_EXAMPLE_GEN_S = 2.4;
/** TFX, LocalDagRunner: the taxi pipeline of nine nodes, all components together; the faster of two runs. */
export const TFX_PIPELINE_COMPONENTS_S = 36.3;
/** The same, the whole command: imports before the first component included. */
export const TFX_PIPELINE_COMMAND_S = 59.8;
