/**
 * Answers requests, two at a time, each in a database of its own that ends with it: nothing a statement leaves behind
 * reaches the next one. Whatever overruns its time is interrupted; whatever does not heed that ends the process.
 */

import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import { openDuckdb, type DuckdbLimits } from '../duckdb/connection';
import { answerAnomalies } from './anomalies/answer-anomalies';
import type { AnomalyRequest } from './anomalies/anomaly-message';
import { findSplitFiles } from './artifact-files';
import type { AnswerOf, ParsedQueryRequest } from './query-message';
import { describeColumns } from './describe-columns';
import { exportExamples } from './export-examples';
import { profileTable } from './profile-table';
import { readRows } from './read-rows';
import { statisticsLoader } from './load-statistics';
import { readStatistics } from './read-statistics';
import { readStatisticsFeature, readStatisticsTable } from './read-statistics-table';
import { RowEngine } from './rows/row-engine';
import type { RowsRequest } from './rows/rows-message';
import { answerComparison } from './comparison/answer-comparison';
import { answerEvaluation, isAboutEvaluation } from './evaluation/answer-evaluation';
import type { EvaluationRequest } from './evaluation/evaluation-message';
import { readTransformGraph } from './read-transform-graph';
import { lockDown, runSql } from './run-sql';

/** Options of {@link queryAnswers}. */
export type QueryOptions = {
  /** The artifact store, absolute. */
  readonly store: string;
  /** Where finished uploads lie, absolute. */
  readonly uploads: string;
  /** An existing folder for what spills. */
  readonly tempFolder: string;
  /** Memory of one answer in MB. */
  readonly memoryMb: number;
  /** Called when a statement does not stop: only the end of the process helps. */
  readonly onStuck: () => void;
};

/** Answers under way at once; the others wait. */
const CONCURRENCY = 2;
/** Questions that may wait; the next one is turned away. */
const MAX_WAITING = 64;
/** Limit of everything but typed SQL, in ms. */
const READ_TIMEOUT_MS = 30_000;
/** Threads for the rows that a person waits for. */
const ROW_THREADS = 2;
/** Limit of an export, in ms: it writes about 100,000 rows a second. */
const EXPORT_TIMEOUT_MS = 3_600_000;
/** An interrupt that comes before a statement has begun is lost, so it is repeated. In ms. */
const INTERRUPT_EVERY_MS = 50;
/** How long an interrupted statement may take to stop, in ms. */
const STUCK_AFTER_MS = 2_000;

/** A function that answers requests within the bounds. */
export function queryAnswers(options: QueryOptions) {
  const turns = takeTurns();
  const loadStatistics = statisticsLoader(options.store);
  const rows = new RowEngine({
    store: options.store,
    memoryMb: options.memoryMb,
    threads: ROW_THREADS,
    tempFolder: path.join(options.tempFolder, 'rows'),
  });
  return async (request: ParsedQueryRequest, signal: AbortSignal): Promise<AnswerOf<ParsedQueryRequest['type']>> => {
    if (request.type === 'ping') return { pid: process.pid };
    if (request.type === 'statistics') return readStatistics(options.store, request);
    if (request.type === 'statistics-table') return readStatisticsTable(loadStatistics, request);
    if (request.type === 'statistics-feature') return readStatisticsFeature(loadStatistics, request);
    if (request.type === 'transform-graph') return readTransformGraph(options.store, request.folder);
    if (isAboutAnomalies(request)) return answerAnomalies(request, { store: options.store, loadStatistics });
    await turns.enter(signal);
    try {
      if (isAboutRows(request)) return await answerRows(rows, request, { ...options, signal });
      return await answer(request, { ...options, signal });
    } finally {
      turns.leave();
    }
  };
}

type Work = QueryOptions & { readonly signal: AbortSignal };
type DataRequest =
  | Exclude<
      ParsedQueryRequest,
      | AnomalyRequest
      | RowsRequest
      | { readonly type: 'ping' | 'statistics' | 'statistics-table' | 'statistics-feature' | 'transform-graph' }
    >
  | EvaluationRequest;

function isAboutRows(request: ParsedQueryRequest): request is RowsRequest {
  return request.type.startsWith('rows-');
}

async function answerRows(rows: RowEngine, request: RowsRequest, work: Work) {
  const end = new AbortController();
  let isLate = false;
  const interrupt = () => {
    isLate ||= !work.signal.aborted;
    end.abort();
  };
  try {
    return await bounded(rows.answer(request, end.signal), { ...work, interrupt, timeoutMs: READ_TIMEOUT_MS });
  } catch (error) {
    if (!isLate) throw error;
    throw new AppError('timed-out', `The rows were not found within ${READ_TIMEOUT_MS / 1000} s.`, {
      nextStep: 'Search one feature instead of all of them, or choose one split.',
      cause: error,
    });
  }
}

function isAboutAnomalies(request: ParsedQueryRequest): request is AnomalyRequest {
  return request.type.startsWith('anomaly-');
}

async function answer(request: DataRequest, work: Work): Promise<AnswerOf<DataRequest['type']>> {
  const tempFolder = mkdtempSync(path.join(work.tempFolder, 'query.tmp-'));
  const limits: DuckdbLimits = { memoryMb: work.memoryMb, threads: 1, tempFolder };
  try {
    await using database = await openDuckdb(limits);
    const { connection } = database;
    const interrupt = () => {
      connection.interrupt();
    };
    if (request.type === 'columns') {
      const session = { connection, signal: work.signal };
      return await bounded(describeColumns(session, work.store, request), {
        ...work,
        interrupt,
        timeoutMs: READ_TIMEOUT_MS,
      });
    }
    if (isAboutEvaluation(request)) {
      const end = new AbortController();
      const answering = answerEvaluation({ connection, signal: end.signal }, work.store, request);
      return await bounded(answering, {
        ...work,
        interrupt: () => {
          end.abort();
        },
        timeoutMs: READ_TIMEOUT_MS,
      });
    }
    if (request.type === 'export-tfrecord') {
      const end = new AbortController();
      const exporting = exportExamples({ connection, signal: end.signal }, request.folder, work);
      return await bounded(exporting, {
        ...work,
        interrupt: () => {
          end.abort();
        },
        timeoutMs: EXPORT_TIMEOUT_MS,
      });
    }
    if (request.type === 'profile') {
      const end = new AbortController();
      const abort = () => {
        end.abort();
      };
      const profiling = profileTable(
        { connection, signal: end.signal },
        { root: work.uploads, folder: request.folder },
      );
      return await bounded(profiling, { ...work, interrupt: abort, timeoutMs: READ_TIMEOUT_MS });
    }
    if (request.type === 'comparison') {
      const end = new AbortController();
      const comparing = answerComparison({ connection, signal: end.signal }, work.store, request);
      return await bounded(comparing, {
        ...work,
        interrupt: () => {
          end.abort();
        },
        timeoutMs: READ_TIMEOUT_MS,
      });
    }
    if (request.type === 'rows') {
      const files = await findSplitFiles(work.store, request);
      return await bounded(readRows(connection, files, request), { ...work, interrupt, timeoutMs: READ_TIMEOUT_MS });
    }
    const tables: Record<string, readonly string[]> = {};
    for (const [name, address] of Object.entries(request.tables)) {
      tables[name] = await findSplitFiles(work.store, address);
    }
    await lockDown(connection, tables);
    const rows = runSql(connection, request.sql, request.limit);
    return await bounded(rows, { ...work, interrupt, timeoutMs: request.timeoutMs });
  } finally {
    await rm(tempFolder, { recursive: true, force: true });
  }
}

type Bounds = {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly interrupt: () => void;
  readonly onStuck: () => void;
};

async function bounded<T>(work: Promise<T>, { signal, timeoutMs, interrupt, onStuck }: Bounds): Promise<T> {
  let stuck: NodeJS.Timeout | undefined;
  let repeat: NodeJS.Timeout | undefined;
  const stop = () => {
    interrupt();
    repeat ??= setInterval(interrupt, INTERRUPT_EVERY_MS);
    stuck ??= setTimeout(onStuck, STUCK_AFTER_MS);
  };
  const timer = setTimeout(stop, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  // Whoever asked may have gone while the database was being prepared; that abort is not told again.
  if (signal.aborted) stop();
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    clearTimeout(stuck);
    clearInterval(repeat);
    signal.removeEventListener('abort', stop);
  }
}

/** Lets {@link CONCURRENCY} in, the others wait in order; one that is withdrawn while it waits leaves the queue. */
function takeTurns() {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return {
    async enter(signal: AbortSignal): Promise<void> {
      if (busy < CONCURRENCY) {
        busy++;
        return;
      }
      if (waiting.length >= MAX_WAITING)
        throw new AppError('busy', 'Too many questions at once. Ask again in a moment.');
      await new Promise<void>((resolve, reject) => {
        const abort = () => {
          waiting.splice(waiting.indexOf(go), 1);
          reject(new AppError('canceled', 'The question was withdrawn.'));
        };
        const go = () => {
          signal.removeEventListener('abort', abort);
          resolve();
        };
        signal.addEventListener('abort', abort, { once: true });
        waiting.push(go);
      });
    },
    leave(): void {
      const next = waiting.shift();
      if (next === undefined) busy--;
      else next();
    },
  };
}
