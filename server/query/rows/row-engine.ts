/**
 * Answers about rows, from one database that stays open: the descriptions of files are read once, and the order of the
 * rows of a query is kept for its next page. Every statement is ours and every value is bound.
 */

import type { DuckDBConnection } from '@duckdb/node-api';

import { AppError } from '../../../lib/errors';
import { stableJson } from '../../../lib/hash';
import { openDuckdb, type Duckdb, type DuckdbLimits } from '../../duckdb/connection';
import type { DuckdbSession } from '../../duckdb/query';
import { checkFeatures, findPlaces, type Wanted } from './find-places';
import { MatchingPlaces } from './matching-places';
import { readPage } from './read-page';
import { readRow } from './read-row';
import { readValues } from './read-values';
import { openRowSource, sourceKey, type RowAddress, type RowSource } from './row-source';
import type { RowsAnswerOf, RowsRequest, RowsRequestOf } from './rows-message';
import { describeColumns } from './describe-columns';
import { SharedWork } from './shared-work';

/** Options of {@link RowEngine}. */
export type RowEngineOptions = DuckdbLimits & {
  /** The artifact store, absolute. */
  readonly store: string;
};

/** Bytes of the orders that are kept: eight queries over three million rows. */
const ORDER_BYTES = 96_000_000;
/** Sources whose descriptions are kept. */
const SOURCES = 16;
/** Rows whose order fits into the memory of a query: a number each, and as much again while they are sorted. */
const MAX_ROWS = 40_000_000;

/** See the module. Opens its database with the first question. */
export class RowEngine implements AsyncDisposable {
  private database: Promise<Duckdb> | undefined;
  private readonly free: DuckDBConnection[] = [];
  private readonly sources = new Map<string, RowSource>();
  private readonly orders = new SharedWork<MatchingPlaces>({
    maxBytes: ORDER_BYTES,
    bytesOf: (places) => places.bytes,
    isKept: (places) => places.isComplete,
  });

  constructor(private readonly options: RowEngineOptions) {}

  /** Answers a question. Ends it when the signal aborts. */
  async answer(request: RowsRequest, signal: AbortSignal): Promise<RowsAnswerOf<RowsRequest['type']>> {
    return this.withSession(signal, async (session) => {
      const source = await this.source(session, request);
      switch (request.type) {
        case 'rows-columns':
          return describeColumns(source);
        case 'rows-page':
          return this.page(session, source, request);
        case 'rows-count':
          return this.count(source, request, signal);
        case 'rows-row':
          return readRow(session, source, request.position);
        case 'rows-values':
          return readValues(session, source, request);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.database)?.[Symbol.asyncDispose]();
  }

  private async page(
    session: DuckdbSession,
    source: RowSource,
    request: RowsRequestOf<'rows-page'>,
  ): Promise<RowsAnswerOf<'rows-page'>> {
    const { offset, limit, columns, query } = request;
    const end = offset + limit;
    if (isEverything(query)) {
      const length = Math.max(0, Math.min(end, source.rows) - offset);
      const places = Uint32Array.from({ length }, (_, index) => offset + index);
      return { rows: [...(await readPage(session, source, { places, columns }))], isLast: end >= source.rows };
    }
    const { places, isLast } = await this.matching(source, query, async (found) => {
      // One more than the page: whether it is the last one.
      await withdrawable(found.atLeast(end + 1), session.signal);
      return { places: found.slice(offset, end), isLast: found.found <= end };
    });
    return { rows: [...(await readPage(session, source, { places, columns }))], isLast };
  }

  private async count(
    source: RowSource,
    { query }: RowsRequestOf<'rows-count'>,
    signal: AbortSignal,
  ): Promise<RowsAnswerOf<'rows-count'>> {
    // Sorting changes no count: what is not sorted is found sooner, and may be known already.
    const { sort: _, ...wanted } = query;
    if (isEverything(wanted)) return { matches: source.rows, total: source.rows };
    const matches = await this.matching(source, wanted, async (found) => {
      await withdrawable(found.atLeast(Infinity), signal);
      return found.found;
    });
    return { matches, total: source.rows };
  }

  private async matching<R>(source: RowSource, wanted: Wanted, use: (found: MatchingPlaces) => Promise<R>): Promise<R> {
    checkFeatures(source, wanted);
    if (source.rows > MAX_ROWS) {
      throw new AppError('unsupported', `Filters and order work on up to ${MAX_ROWS.toLocaleString('en')} rows.`, {
        nextStep: 'Choose one split, or ask by SQL.',
      });
    }
    const begin = (end: AbortSignal) => {
      const value = new MatchingPlaces();
      const done = this.withSession(end, (session) => findPlaces(session, { source, wanted }, value)).catch(
        (error: unknown) => {
          value.fail(error);
        },
      );
      return { value, done };
    };
    return this.orders.use(stableJson([source.key, wanted]), begin, use);
  }

  private async source(session: DuckdbSession, address: RowAddress): Promise<RowSource> {
    const key = sourceKey(address);
    const source = this.sources.get(key) ?? (await openRowSource(session, this.options.store, address));
    this.sources.delete(key);
    this.sources.set(key, source);
    const [oldest] = this.sources.keys();
    if (this.sources.size > SOURCES && oldest !== undefined) this.sources.delete(oldest);
    return source;
  }

  private async withSession<T>(signal: AbortSignal, work: (session: DuckdbSession) => Promise<T>): Promise<T> {
    this.database ??= openDuckdb(this.options);
    const database = await this.database;
    const connection = this.free.pop() ?? (await database.connect());
    try {
      return await work({ connection, signal });
    } finally {
      this.free.push(connection);
    }
  }
}

function isEverything({ where, search, sort }: Wanted): boolean {
  return where.length === 0 && search === undefined && sort === undefined;
}

/** Waits no longer than whoever asked. */
async function withdrawable(waiting: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const withdrawn = new Promise<never>((_, reject) => {
    stop = () => {
      reject(new AppError('canceled', 'The question was withdrawn.'));
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    await Promise.race([waiting, withdrawn]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
