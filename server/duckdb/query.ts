/** Runs SQL with its answer typed, its cancellation heard and its failures in words. Every executor's queries pass here. */

import type { DuckDBConnection } from '@duckdb/node-api';
import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { toStorageError } from './storage-error';

/** A connection and what ends its work early. */
export type DuckdbSession = {
  readonly connection: DuckDBConnection;
  /** Aborting interrupts the running query. */
  readonly signal: AbortSignal;
};

const INTERRUPT_EVERY_MS = 50;

/** The rows of an answer, each parsed. */
export async function queryRows<Row extends z.ZodType>(
  session: DuckdbSession,
  sql: string,
  zRow: Row,
): Promise<readonly z.output<Row>[]> {
  const rows = await running(session, async ({ connection }) => {
    const result = await connection.run(sql);
    return await result.getRowObjectsJS();
  });
  return z.array(zRow).parse(rows);
}

/** The single row of an answer that has exactly one. */
export async function queryRow<Row extends z.ZodType>(
  session: DuckdbSession,
  sql: string,
  zRow: Row,
): Promise<z.output<Row>> {
  const [row] = await queryRows(session, sql, zRow);
  if (row === undefined) throw new Error('The query gave no row');
  return row;
}

/** The columns of an answer of DOUBLEs, read in chunks; a null is NaN. */
export async function queryNumbers(session: DuckdbSession, sql: string): Promise<readonly Float64Array[]> {
  return running(session, async ({ connection }) => {
    const result = await connection.stream(sql);
    const columns = Array.from({ length: result.columnCount }, () => new Float64Array(1024));
    let length = 0;
    for await (const chunk of result) {
      const end = length + chunk.rowCount;
      for (const [index, column] of columns.entries()) {
        const room = column.length >= end ? column : grown(column, end);
        columns[index] = room;
        chunk.visitColumnValues(index, (value, row) => {
          room[length + row] = typeof value === 'number' ? value : Number.NaN;
        });
      }
      length = end;
    }
    return columns.map((column) => column.subarray(0, length));
  });
}

/** Runs SQL for its effect. */
export async function execute(session: DuckdbSession, sql: string): Promise<void> {
  await running(session, ({ connection }) => connection.run(sql));
}

/** Does something with the connection: interrupted when the signal aborts, its failures translated. */
export async function running<T>(session: DuckdbSession, work: (session: DuckdbSession) => Promise<T>): Promise<T> {
  const { connection, signal } = session;
  if (signal.aborted) throw canceled();
  let repeat: ReturnType<typeof setInterval> | undefined;
  const interrupt = () => {
    connection.interrupt();
    // An interrupt that comes before the query has begun is lost.
    repeat = setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await work(session);
  } catch (error) {
    throw signal.aborted ? canceled() : toStorageError(error, "DuckDB's temporary files");
  } finally {
    signal.removeEventListener('abort', interrupt);
    clearInterval(repeat);
  }
}

function grown(column: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(needed, column.length * 2));
  larger.set(column);
  return larger;
}

function canceled(): AppError {
  return new AppError('canceled', 'The work was stopped before it was complete.');
}
