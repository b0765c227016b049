/** The most frequent texts of a feature and how many there are, all of it inside DuckDB, which spills where they are many. */

import * as z from 'zod';

import { AppError } from '../../../lib/errors';
import type { TextSummary } from '../../../lib/stats/feature-statistics';
import { NOT_UTF8_LABEL } from '../../../lib/stats/ranking';
import { queryRow, type DuckdbSession } from '../query';
import { valuesOf, type FeatureSource } from './feature-values';

/** The longest ranking that DuckDB keeps in one aggregate. */
const MAX_RANKED = 1_000_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes become the text they are, or the label of those that are none. */
const zValue = z.union([z.string(), z.instanceof(Uint8Array).transform(textOf)]);
const zRanked = z.array(z.object({ count: z.number(), value: zValue })).nullable();
const zTextRow = z.object({
  count: z.number(),
  uniques: z.number(),
  bytes: z.number(),
  invalid: z.number(),
  ranked: zRanked,
  weighted: zRanked.optional(),
});

/**
 * The SQL: one row of totals and the `limit` most frequent values as structs, compared by count, then by the bytes of
 * the text. Values that are not UTF-8 are told apart here, and get the same label afterwards.
 */
function topValuesSql(feature: FeatureSource, limit: number): string {
  const hasWeight = feature.weight !== undefined;
  const weight = hasWeight ? ', sum(w) AS weight' : '';
  const length = feature.column.isBinary ? 'octet_length(v)' : 'strlen(v)';
  // Decoding stands in a query of its own: DuckDB cannot bind TRY beside aggregates.
  const groups = `SELECT *, ${feature.column.isBinary ? 'TRY(decode(value)) IS NULL' : 'false'} AS is_invalid
    FROM (SELECT v AS value, count(*) AS n, count(*) * any_value(${length}) AS bytes${weight}
      FROM (${valuesOf(feature)}) GROUP BY v)`;
  // Numbers that stand for categories are ordered as numbers where they are equally frequent: 66 before 9.
  const order = feature.asText === true ? 'number: value::HUGEINT, ' : '';
  const ranked = (count: string) => `max({count: ${count}::DOUBLE, ${order}value: value}, ${limit})`;
  const byWeight = hasWeight ? `, ${ranked('weight')} AS weighted` : '';
  return `SELECT coalesce(sum(n), 0)::DOUBLE AS count, count(*)::DOUBLE AS uniques, coalesce(sum(bytes), 0)::DOUBLE AS bytes,
    coalesce(sum(n) FILTER (is_invalid), 0)::DOUBLE AS invalid, ${ranked('n')} AS ranked${byWeight}
    FROM (${groups})`;
}

/** Summarizes a text feature; undefined when it has no value. Throws `invalid-input` for a ranking of more than a million. */
export async function rankTexts(
  session: DuckdbSession,
  { feature, limit }: { readonly feature: FeatureSource; readonly limit: number },
): Promise<TextSummary | undefined> {
  if (limit > MAX_RANKED)
    throw new AppError('invalid-input', `At most ${MAX_RANKED} top values can be kept, not ${limit}.`, {
      nextStep: 'Lower numTopValues or numRankHistogramBuckets.',
    });
  const row = await queryRow(session, topValuesSql(feature, limit), zTextRow);
  if (row.count === 0) return undefined;
  return {
    count: row.count,
    totalBytes: row.bytes,
    unique: row.uniques,
    invalidUtf8: row.invalid,
    ranked: row.ranked ?? [],
    ...(row.weighted !== undefined && { rankedByWeight: row.weighted ?? [] }),
  };
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return NOT_UTF8_LABEL;
  }
}
