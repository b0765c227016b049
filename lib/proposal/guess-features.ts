/**
 * What each column of a table could bring to a model, from its kind and its counts: a guess with its reason, for a person
 * to change. A column that tells rows apart, never varies, or says when something was, is left out.
 */

import type { ColumnProfile, TableProfile } from './table-profile';

/** How a column enters the model: as a scaled number, as a number of its vocabulary or of its bucket, or not at all. */
export const FEATURE_USES = ['number', 'vocabulary', 'buckets', 'none'] as const;
/** One of {@link FEATURE_USES}. */
export type FeatureUse = (typeof FEATURE_USES)[number];

/** A column and its use. */
export type FeatureGuess = {
  readonly column: string;
  readonly use: FeatureUse;
  /** Why, as a sentence. */
  readonly reason: string;
};

/** Names of what tells rows apart and means nothing else. */
const SAYS_ID = /(^|[ _-])(id|uuid|guid|key|index|row|no)$|^(id|unnamed)\b/i;
/** Names of what says when a row was. */
const SAYS_WHEN = /(^|[ _-])(date|datetime|timestamp)$/i;
/** More different times than this do not come again. */
const MAX_TIMES = 100;
/** Whole numbers with at most so many different values are taken for names of groups. */
const MAX_GROUPS = 12;
/** A share of different values from which a text tells rows apart. */
const UNIQUE_SHARE = 0.5;
/** Rows below which shares say little. */
const FEW_ROWS = 20;
/** A share of missing values from which a column has too little to say. */
const BLANK_SHARE = 0.95;

/** The uses that a column allows; a column of texts is no number. */
export function usesOf({ kind, isList, isTime, trouble }: ColumnProfile): readonly FeatureUse[] {
  if (kind === 'NONE' || isList || trouble !== undefined) return ['none'];
  if (kind === 'STRING') return ['vocabulary', 'none'];
  if (kind === 'FLOAT' || isTime) return ['number', 'buckets', 'none'];
  return ['number', 'vocabulary', 'buckets', 'none'];
}

/** A guess for every column but the label, in the order of the table. */
export function guessFeatures({ columns, rowsRead }: TableProfile, label: string): readonly FeatureGuess[] {
  return columns
    .filter(({ name }) => name !== label)
    .map((column) => ({ column: column.name, ...guess(column, rowsRead) }));
}

function guess(column: ColumnProfile, rowsRead: number): Omit<FeatureGuess, 'column'> {
  const { name, kind, isList, isTime, missing, distinct, trouble } = column;
  const out = (reason: string) => ({ use: 'none' as const, reason });
  if (trouble !== undefined) return out('It cannot be read.');
  if (kind === 'NONE') return out('It is blank.');
  if (isList) return out('It holds several values in a row.');
  if (name === '') return out('It has no name.');
  if (isTime) return out('It says when a row was, which seldom comes again.');
  if (rowsRead > 0 && missing > BLANK_SHARE * rowsRead) return out('Nearly all of its values are missing.');
  if (distinct !== undefined && distinct < 2) return out('It has one value only.');
  const present = rowsRead - missing;
  const share = distinct === undefined || present < FEW_ROWS ? 0 : distinct / present;
  if (SAYS_ID.test(name) && share >= UNIQUE_SHARE) return out('It tells rows apart and says nothing else.');
  if (kind === 'FLOAT') return { use: 'number', reason: 'A number.' };
  if (kind === 'INT') {
    if (distinct !== undefined && distinct <= MAX_GROUPS)
      return { use: 'vocabulary', reason: `Whole numbers with ${distinct} different values: taken for groups.` };
    return { use: 'number', reason: 'A number.' };
  }
  if (SAYS_WHEN.test(name) && (distinct ?? 0) > MAX_TIMES)
    return out('It says when a row was, which seldom comes again.');
  if (share >= UNIQUE_SHARE) return out('Nearly every row has a text of its own.');
  return {
    use: 'vocabulary',
    reason: distinct === undefined ? 'Texts that come again.' : `Texts with ${distinct} different values.`,
  };
}
