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
const LISTED_ROWS = 1_000_000;
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

/** The rows of a level, each in a bin's parent with an origin of its own, and the measure below each parent. */
type Level = { readonly relation: string; readonly below: Float64Array; readonly bits: number };

/** Bins in ascending order, column by column: there may be hundreds of thousands. */
type Bins = {
  readonly parents: Float64Array;
  readonly keys: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly counts: Float64Array;
  readonly rows: Float64Array;
};

/** A bin to be opened: its place among {@link Bins} and the measure below it. */
type OpenBin = { readonly index: number; readonly below: number };

class QuantileSearch {
  readonly #session: DuckdbSession;
  readonly #request: QuantileRequest;
  readonly #tables: string[] = [];

  constructor(session: DuckdbSession, request: QuantileRequest) {
    this.#session = session;
    this.#request = request;
  }

  async run(): Promise<ValueCounts> {
    const { relation, min, below } = this.#request;
    const whole = `SELECT v, m, 0 AS parent, ${sqlDouble(min)} AS origin FROM (${relation})`;
    return this.#countsIn({ relation: whole, below: Float64Array.of(below), bits: FIRST_BITS }, 1);
  }

  async dispose(): Promise<void> {
    // After an abort the connection is about to be closed, and the tables with it.
    if (this.#session.signal.aborted) return;
    for (const table of this.#tables) await execute(this.#session, `DROP TABLE ${table}`);
  }

  async #countsIn(level: Level, depth: number): Promise<ValueCounts> {
    const bins = await this.#bins(level);
    const open = this.#openBins(bins, level);
    if (open.length === 0) return { values: bins.highs, counts: bins.counts };
    const inside = await this.#inside(level, { bins, open });
    const openRows = open.reduce((sum, { index }) => sum + (bins.rows[index] ?? 0), 0);
    const isListed = openRows <= (this.#request.listedRows ?? LISTED_ROWS) || depth === MAX_LEVELS;
    const inner = isListed ? await this.#values(inside) : await this.#countsIn(inside, depth + 1);
    return withInner(bins, { open, inner });
  }

  /** The bins of more than one value that hold the rank of a boundary. */
  #openBins({ parents, lows, highs, counts }: Bins, level: Level): readonly OpenBin[] {
    const { total, parts } = this.#request;
    const open: OpenBin[] = [];
    let before = 0;
    for (let index = 0; index < lows.length; index++) {
      const parent = parents[index] ?? 0;
      if (index === 0 || parent !== parents[index - 1]) before = level.below[parent] ?? 0;
      const below = before;
      before += counts[index] ?? 0;
      // The first boundary at or above `below`; the r-th lies in the bin when below ≤ r · total / parts < before.
      const isWanted = Math.ceil((below * parts) / total) * total < before * parts;
      if (isWanted && lows[index] !== highs[index]) open.push({ index, below });
    }
    return open;
  }

  async #bins({ relation, bits }: Level): Promise<Bins> {
    const [parents = none, keys = none, lows = none, highs = none, counts = none, rows = none] = await queryNumbers(
      this.#session,
      `SELECT parent::DOUBLE, bin, min(v), max(v), sum(m)::DOUBLE, count(*)::DOUBLE
        FROM (SELECT v, m, parent, ${orderedBin('v - origin', bits)} AS bin FROM (${relation}))
        GROUP BY parent, bin ORDER BY min(v)`,
    );
    return { parents, keys, lows, highs, counts, rows };
  }

  async #values({ relation }: Level): Promise<ValueCounts> {
    const [values = none, counts = none] = await queryNumbers(
      this.#session,
      `SELECT v, sum(m)::DOUBLE FROM (${relation}) GROUP BY v ORDER BY v`,
    );
    return { values, counts };
  }

  /** The next level: the rows of the open bins, each bin a parent with its own origin. */
  async #inside(
    { relation, bits }: Level,
    { bins, open }: { readonly bins: Bins; readonly open: readonly OpenBin[] },
  ): Promise<Level> {
    const table = `open_bins_${this.#tables.length}`;
    const rows = open.map(({ index }, parent) => {
      const [outer, key, low] = [bins.parents[index] ?? 0, bins.keys[index] ?? 0, bins.lows[index] ?? 0];
      return `(${outer}, ${sqlDouble(key)}, ${parent}, ${sqlDouble(low)})`;
    });
    await execute(
      this.#session,
      `CREATE OR REPLACE TEMP TABLE ${table} AS
        SELECT * FROM (VALUES ${rows.join(', ')}) t(outer_parent, bin, parent, origin)`,
    );
    this.#tables.push(table);
    return {
      relation: `SELECT v, m, ${table}.parent, ${table}.origin
        FROM (SELECT v, m, parent AS outer_parent, ${orderedBin('v - origin', bits)} AS bin FROM (${relation})) binned
        JOIN ${table} USING (outer_parent, bin)`,
      below: Float64Array.from(open, ({ below }) => below),
      bits: NEXT_BITS,
    };
  }
}

/** The bins with what was found inside the open ones in their place. */
function withInner(
  { highs, counts }: Bins,
  { open, inner }: { readonly open: readonly OpenBin[]; readonly inner: ValueCounts },
): ValueCounts {
  const length = highs.length - open.length + inner.values.length;
  const merged = { values: new Float64Array(length), counts: new Float64Array(length) };
  const opened = new Set(open.map(({ index }) => index));
  let next = 0;
  let at = 0;
  const add = (value: number, count: number) => {
    merged.values[at] = value;
    merged.counts[at++] = count;
  };
  for (const [index, high] of highs.entries()) {
    if (!opened.has(index)) add(high, counts[index] ?? 0);
    else
      for (; next < inner.values.length && (inner.values[next] ?? 0) <= high; next++)
        add(inner.values[next] ?? 0, inner.counts[next] ?? 0);
  }
  return merged;
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
