/**
 * One statement that a person typed, over the tables that it was given and nothing else. Three locks, each enough by
 * itself for what it guards: DuckDB may open these very files only, its settings are locked, and only SELECT is run
 * (the files of an artifact could otherwise be written over by COPY).
 */

import { StatementType, type DuckDBConnection } from '@duckdb/node-api';

import { AppError } from '../../lib/errors';
import { sqlName } from '../duckdb/connection';
import { readBounded } from './cells';
import type { RowsAnswer } from './query-message';
import { fileList } from './read-rows';

/** Most that one statement may spill to disk. */
const MAX_SPILL = '500MB';

/** A table by name, and the Parquet files that are its rows. */
export type SqlTables = { readonly [name: string]: readonly string[] };

/** Gives a fresh database its tables, then locks it for good. */
export async function lockDown(connection: DuckDBConnection, tables: SqlTables): Promise<void> {
  await connection.run(`set max_temp_directory_size = '${MAX_SPILL}'`);
  for (const [name, files] of Object.entries(tables)) {
    await connection.run(`create view ${sqlName(name)} as select * from read_parquet(${fileList(files)})`);
  }
  await connection.run(`set allowed_paths = ${fileList(Object.values(tables).flat())}`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

/** Runs one SELECT on a database that {@link lockDown} has locked. Throws `invalid-input` with DuckDB's reason. */
export async function runSql(connection: DuckDBConnection, sql: string, limit: number): Promise<RowsAnswer> {
  const statements = await connection.extractStatements(sql).catch((error: unknown) => {
    throw refused(error);
  });
  if (statements.count !== 1) {
    throw new AppError('invalid-input', `One statement at a time: these are ${statements.count}.`);
  }
  const statement = await statements.prepare(0).catch((error: unknown) => {
    throw refused(error);
  });
  if (statement.statementType !== StatementType.SELECT) {
    throw new AppError('forbidden', 'Only SELECT can be run here: artifacts never change.');
  }
  try {
    const result = await statement.stream();
    const types = result.columnTypes();
    const columns = result.columnNames().map((name, index) => ({ name, kind: String(types[index]) }));
    return { columns, ...(await readBounded(result, limit)) };
  } catch (error) {
    throw refused(error);
  }
}

/** DuckDB's message, without the lines that quote the statement, and without any value it quotes from a row. */
function refused(error: unknown): AppError {
  const text = error instanceof Error ? error.message : String(error);
  const reason = text.split('\n')[0] ?? text;
  if (/^INTERRUPT/i.test(reason)) return new AppError('timed-out', 'The statement took too long and was ended.');
  if (/^Out of Memory/i.test(reason)) {
    return new AppError('invalid-input', 'The statement needs more memory than a query may use.', {
      nextStep: 'Filter or aggregate earlier, or ask for fewer rows.',
    });
  }
  if (/^(Conversion|Invalid Input|Out of Range) Error/.test(reason)) {
    return new AppError('invalid-input', `A value does not fit the operation (${reason.split(':')[0] ?? 'error'}).`, {
      nextStep: 'Use try_cast, or filter such rows out.',
    });
  }
  return new AppError('invalid-input', reason.replace(/^[A-Za-z ]+ Error: /, ''));
}
