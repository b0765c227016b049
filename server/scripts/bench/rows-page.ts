/** A page of 3 M flights as the rows screen asks for it, each the first question of its kind: no order is known yet. */

import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { zRowQuery, type RowQuery } from '../../../lib/artifact/row-query';
import { assert } from '../../../lib/assert';
import { sqlText } from '../../duckdb/connection';
import { RowEngine } from '../../query/rows/row-engine';
import { examplesFolder } from './bench-data';
import type { BenchRow } from './bench-row';
import { WHOLE_SPLIT } from './taxi-examples';
import { writeBenchExamples } from './write-bench-examples';

const FLIGHTS = fileURLToPath(new URL('../../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url));
const NAME = 'flights-all-examples';
const COLUMNS = ['date', 'delay', 'distance', 'origin', 'destination'];
const LIMIT = 100;
const BAR_MS = 300;
const ROUNDS = 5;

type Page = { readonly claim: string; readonly query?: Partial<RowQuery>; readonly offset: number };

const DELAYED: RowQuery['where'] = [{ column: 'delay', op: 'between', min: 1 }];
const PAGES: readonly Page[] = [
  { claim: 'first page', offset: 0 },
  { claim: 'deep page', offset: 2_900_000 },
  { claim: 'first page, filtered', query: { where: DELAYED }, offset: 0 },
  { claim: 'deep page, filtered', query: { where: DELAYED }, offset: 1_300_000 },
  { claim: 'deep page, searched', query: { search: 'la' }, offset: 100_000 },
  { claim: 'first page, sorted by a number', query: { sort: { column: 'delay', direction: 'desc' } }, offset: 0 },
  { claim: 'deep page, sorted by a number', query: { sort: { column: 'date', direction: 'desc' } }, offset: 1_500_000 },
  { claim: 'deep page, sorted by a text', query: { sort: { column: 'origin', direction: 'asc' } }, offset: 2_000_000 },
  {
    claim: 'deep page, sorted and filtered',
    query: { where: DELAYED, sort: { column: 'distance', direction: 'desc' } },
    offset: 700_000,
  },
];

/** Medians of five rounds; each round has an engine of its own, whose descriptions of the files are read before. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = await flightsExamples();
  const tempFolder = await mkdtemp(path.join(os.tmpdir(), 'sluice-bench-'));
  const times = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    await using engine = new RowEngine({ store: path.dirname(folder), memoryMb: 384, threads: 2, tempFolder });
    await askPage(engine, { claim: '', offset: 0 });
    for (const page of PAGES) {
      const start = performance.now();
      await askPage(engine, page);
      times.set(page.claim, [...(times.get(page.claim) ?? []), performance.now() - start]);
    }
    const again = PAGES.at(-1);
    assert(again !== undefined, 'there are pages');
    const start = performance.now();
    await askPage(engine, { ...again, offset: again.offset - LIMIT });
    times.set('the page before it', [...(times.get('the page before it') ?? []), performance.now() - start]);
  }
  rmSync(tempFolder, { recursive: true, force: true });
  return [...times].map(([claim, measured]) => ({
    claim: `Rows of flights (3 M): ${claim}`,
    measured: median(measured),
    unit: 'ms',
    bar: `≤ ${BAR_MS} ms`,
    ok: median(measured) <= BAR_MS,
  }));
}

async function askPage(engine: RowEngine, { query = {}, offset }: Page): Promise<void> {
  const answer = await engine.answer(
    {
      type: 'rows-page',
      folder: NAME,
      splits: [WHOLE_SPLIT],
      query: zRowQuery.parse(query),
      offset,
      limit: LIMIT,
      columns: COLUMNS,
    },
    new AbortController().signal,
  );
  assert('rows' in answer && answer.rows.length === LIMIT, 'the page is full');
}

/** All columns, as ParquetExampleGen makes them: time as whole seconds. */
async function flightsExamples(): Promise<string> {
  return examplesFolder(NAME, async (unfinished) => {
    await writeBenchExamples(unfinished, {
      select: `SELECT epoch(date)::BIGINT AS date, delay, distance, origin, destination FROM read_parquet(${sqlText(FLIGHTS)})`,
      kinds: { date: 'INT', delay: 'INT', distance: 'INT', origin: 'STRING', destination: 'STRING' },
    });
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
