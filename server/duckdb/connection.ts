/** DuckDB in memory over the files of the artifact store, always inside the limits it is given. Only node and query processes load it. */

import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** Bounds of one in-memory database. */
export type DuckdbLimits = {
  /** Memory in MB before DuckDB spills to `tempFolder`. */
  readonly memoryMb: number;
  readonly threads: number;
  /** Where it spills; removed by whoever made it. */
  readonly tempFolder: string;
};

/**
 * DuckDB's part of a node process' memory. The rest is for Node, for rows on their way through it, and for what DuckDB
 * takes beyond its own limit: a quarter more was measured where it groups tens of millions of texts.
 */
const DUCKDB_SHARE = 0.6;

/** How much of a node process' memory DuckDB may take, in MB. */
export function duckdbShare(memoryMb: number): number {
  return Math.floor(memoryMb * DUCKDB_SHARE);
}

/** An open in-memory database with one connection. Close it, or its threads outlive the work. */
export type Duckdb = AsyncDisposable & {
  readonly connection: DuckDBConnection;
  /** Another connection to the same database, for a statement that runs beside others. Closed with the database. */
  readonly connect: () => Promise<DuckDBConnection>;
};

/** Opens an in-memory database. Insertion order is preserved: row order is part of what an artifact means. */
export async function openDuckdb(limits: DuckdbLimits): Promise<Duckdb> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${limits.memoryMb}MB`,
    threads: String(limits.threads),
    temp_directory: limits.tempFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connections: DuckDBConnection[] = [];
  const connect = async () => {
    const connection = await instance.connect();
    connections.push(connection);
    return connection;
  };
  const connection = await connect();
  // Each statement opens the files anew: without this it parses the description of every column again, which takes the
  // most of the time on a file of a thousand columns. It cannot be given at the start.
  await connection.run('set global parquet_metadata_cache = true');
  return {
    connection,
    connect,
    async [Symbol.asyncDispose]() {
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A SQL string literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A quoted SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
