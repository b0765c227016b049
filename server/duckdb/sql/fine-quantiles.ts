/**
 * Exact quantiles of a feature with very many distinct values, in memory that does not grow with them. Values are put
 * into bins that keep their order, only the bins that hold a wanted rank are opened, and so on until each is small
 * enough to list. What no boundary falls into stays one entry: its largest value and its count.
 */

import type { ValueCounts } from '../../../lib/stats/quantiles';
import { execute, queryNumbers, type DuckdbSession } from '../query';

/** The finite values to look at. */
export type QuantileRequest = {
  /** `SELECT v, m`: a finite DOUBLE and its count or weight, which is positive. */
  readonly relation: string;
  readonly min: number;
  /** The sum of `m` over all values, also over those left out here: infinite ones below and above. */
  readonly total: number;
  /** The sum of `m` of what lies below the finite values (−∞). */
  readonly below: number;
  readonly parts: number;
  /** For tests: another limit than {@link LISTED_ROWS}. */
  readonly listedRows?: number;
};

/** Bits of resolution of the first bins: about 16,000 for each doubling of the distance from the smallest value. */
const FIRST_BITS = 14;
/** Bits for bins inside bins, of which there may be a thousand. */
const NEXT_BITS = 5;
/** So many rows in open bins are listed value by value; more are binned again. */
const LISTED_ROWS = 2_000_000;
/** Depth after which the rest is listed whatever its size; each level narrows a bin at least 32-fold. */
const MAX_LEVELS = 12;

/** Counts from which `quantilesOf` with the same number of parts takes the same boundaries as from all values. */
export async function countsForQuantiles(session: DuckdbSession, request: QuantileRequest): Promise<ValueCounts> {
  const search = new QuantileSearch(session, request);
  try {
    return await search.run();
  } finally {
    await search.dispose();
  }
}

/** A bin, or a single value: its range, the sum of its measure, its number of rows, and its key where it can be opened. */
type Entry = {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly rows: number;
  readonly key?: { readonly parent: number; readonly bin: number };
};

class QuantileSearch {
  readonly #session: DuckdbSession;
  readonly #request: QuantileRequest;
  #tables: string[] = [];

  constructor(session: DuckdbSession, request: QuantileRequest) {
    this.#session = session;
    this.#request = request;
  }

  async run(): Promise<ValueCounts> {
    const { relation, min } = this.#request;
    let level = `SELECT v, m, 0 AS parent, ${sqlDouble(min)} AS origin FROM (${relation})`;
    let entries: readonly Entry[] = await this.#bins(level, FIRST_BITS);
    for (let depth = 1; ; depth++) {
      const open = this.#openEntries(entries);
      if (open.length === 0) break;
      level = await this.#inside(level, { open, bits: depth === 1 ? FIRST_BITS : NEXT_BITS });
      const openRows = open.reduce((sum, entry) => sum + entry.rows, 0);
      const isListed = openRows <= (this.#request.listedRows ?? LISTED_ROWS) || depth === MAX_LEVELS;
      const inner = isListed ? await this.#values(level) : await this.#bins(level, NEXT_BITS);
      const opened = new Set(open);
      entries = [...entries.filter((entry) => !opened.has(entry)), ...inner].toSorted((a, b) => a.low - b.low);
      if (isListed) break;
    }
    return { values: entries.map((entry) => entry.high), counts: entries.map((entry) => entry.count) };
  }

  async dispose(): Promise<void> {
    // After an abort the connection is about to be closed, and the tables with it.
    if (this.#session.signal.aborted) return;
    for (const table of this.#tables) await execute(this.#session, `DROP TABLE ${table}`);
  }

  /** The bins of more than one value that hold the rank of a boundary. */
  #openEntries(entries: readonly Entry[]): readonly Entry[] {
    const { total, below, parts } = this.#request;
    let before = below;
    return entries.filter((entry) => {
      const after = before + entry.count;
      // The first boundary at or above `before`; the r-th lies in the entry when before ≤ r · total / parts < after.
      const next = Math.ceil((before * parts) / total);
      const isWanted = next * total < after * parts;
      before = after;
      return isWanted && entry.low < entry.high && entry.key !== undefined;
    });
  }

  async #bins(level: string, bits: number): Promise<readonly Entry[]> {
    const [parents = none, bins = none, lows = none, highs = none, counts = none, rows = none] = await queryNumbers(
      this.#session,
      `SELECT parent::DOUBLE, bin, min(v), max(v), sum(m)::DOUBLE, count(*)::DOUBLE
        FROM (SELECT v, m, parent, ${orderedBin('v - origin', bits)} AS bin FROM (${level})) GROUP BY parent, bin ORDER BY min(v)`,
    );
    return Array.from(lows, (low, index) => ({
      low,
      high: highs[index] ?? low,
      count: counts[index] ?? 0,
      rows: rows[index] ?? 0,
      key: { parent: parents[index] ?? 0, bin: bins[index] ?? 0 },
    }));
  }

  async #values(level: string): Promise<readonly Entry[]> {
    const [values = none, counts = none] = await queryNumbers(
      this.#session,
      `SELECT v, sum(m)::DOUBLE FROM (${level}) GROUP BY v ORDER BY v`,
    );
    return Array.from(values, (value, index) => ({ low: value, high: value, count: counts[index] ?? 0, rows: 0 }));
  }

  /** The relation of the next level: the rows of the open bins, each bin with its own origin. */
  async #inside(
    level: string,
    { open, bits }: { readonly open: readonly Entry[]; readonly bits: number },
  ): Promise<string> {
    const table = `open_bins_${this.#tables.length}`;
    const rows = open.map(
      ({ low, key }, index) => `(${key?.parent ?? 0}, ${sqlDouble(key?.bin ?? 0)}, ${index}, ${sqlDouble(low)})`,
    );
    await execute(
      this.#session,
      `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT * FROM (VALUES ${rows.join(', ')}) t(outer_parent, bin, parent, origin)`,
    );
    this.#tables.push(table);
    return `SELECT v, m, ${table}.parent, ${table}.origin
      FROM (SELECT v, m, parent AS outer_parent, ${orderedBin('v - origin', bits)} AS bin FROM (${level})) binned
      JOIN ${table} USING (outer_parent, bin)`;
  }
}

/**
 * A number rounded to `bits` significant bits, by Veltkamp's splitting (T. J. Dekker 1971): rounding to nearest keeps
 * the order, so that bins never overlap.
 */
function orderedBin(difference: string, bits: number): string {
  const scaled = `((${difference}) * ${sqlDouble(2 ** (53 - bits) + 1)})`;
  return `${scaled} - (${scaled} - (${difference}))`;
}

/** A DOUBLE literal that keeps every bit; a bare one would be read as a DECIMAL. */
function sqlDouble(value: number): string {
  return `'${value}'::DOUBLE`;
}

const none = new Float64Array(0);
