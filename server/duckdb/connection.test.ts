import { expect, it } from 'vitest';

import { tempFolder } from '../testing/temp-folder';
import { openDuckdb } from './connection';

it('keeps the description of a Parquet file for the next statement, on every connection', async () => {
  using spill = tempFolder();
  await using duckdb = await openDuckdb({ memoryMb: 100, threads: 1, tempFolder: spill.path });
  for (const connection of [duckdb.connection, await duckdb.connect()]) {
    const found = await connection.runAndReadAll("select current_setting('parquet_metadata_cache')");
    expect(found.getRows()).toEqual([[true]]);
  }
});
