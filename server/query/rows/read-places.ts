import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** The words of a chunk's column, a BIGINT without nulls: the place of row `n` is word `2n`. Only while the chunk lives. */
export function readPlaces(chunk: DuckDBDataChunk, column = 0): Uint32Array {
  const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount * 8);
  return new Uint32Array(data.buffer, data.byteOffset, chunk.rowCount * 2);
}
