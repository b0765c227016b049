/** Writes a Parquet file from a query in a test, as somebody else's program would. */

import { openDuckdb, sqlText } from '../duckdb/connection';

/** Copies the answer of `select` to a file. `tempFolder` is DuckDB's scratch. */
export async function writeParquet(select: string, place: { file: string; tempFolder: string }): Promise<void> {
  await using duckdb = await openDuckdb({ memoryMb: 256, threads: 2, tempFolder: place.tempFolder });
  await duckdb.connection.run(`COPY (${select}) TO ${sqlText(place.file)} (FORMAT parquet)`);
}
