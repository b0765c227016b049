/** Conditions on rows as a person says them. */

import { formatQuantity } from '../format/number';
import type { RowCondition, RowQuery } from './row-query';

/** Values that are named before the rest is counted. */
const NAMED = 3;
/** Digits that always tell one float32 from the next. */
const FLOAT32_DIGITS = 9;

/** A condition in words, without the feature: `is Cash or Credit Card`, `from 0 to below 5`, `is missing`. */
export function conditionWords(condition: RowCondition): string {
  switch (condition.op) {
    case 'in':
      return `is ${oneOf(condition.values, 'or')}`;
    case 'notIn':
      return `is neither missing nor ${oneOf(condition.values, 'nor')}`;
    case 'between':
      return rangeWords(condition);
    case 'contains':
      return `contains “${condition.text}”`;
    case 'missing':
      return 'is missing';
    case 'present':
      return 'is present';
    case 'notANumber':
      return 'is not a number';
    case 'valueCount':
      return countWords(condition);
  }
}

/** The condition with the feature that it is on. */
export function conditionSentence(condition: RowCondition): string {
  return `${condition.column} ${conditionWords(condition)}`;
}

/** The order in words: `sorted by fare, greatest first`. */
export function sortWords({ column, direction }: NonNullable<RowQuery['sort']>): string {
  return `sorted by ${column}, ${direction === 'asc' ? 'ascending' : 'descending'}`;
}

/** A number as it is typed, with a true minus. A float32 is written with the fewest digits that are it: `0.1`. */
export function plainNumber(value: number): string {
  let text = String(value);
  if (Math.fround(value) === value && !Number.isInteger(value)) {
    for (let digits = 1; digits <= FLOAT32_DIGITS; digits++) {
      text = String(Number(value.toPrecision(digits)));
      if (Math.fround(Number(text)) === value) break;
    }
  }
  return text.replace(/^-/, '−');
}

function oneOf(values: readonly (string | number)[], conjunction: 'or' | 'nor'): string {
  const names = values.map((value) => (typeof value === 'number' ? plainNumber(value) : value === '' ? '“”' : value));
  const named = names.length > NAMED + 1 ? names.slice(0, NAMED) : names;
  const rest = names.length - named.length;
  const parts = rest > 0 ? [...named, `${rest} more`] : named;
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} ${conjunction} ${last}` : last;
}

function rangeWords({ min, max, maxExcluded = false }: Extract<RowCondition, { op: 'between' }>): string {
  if (min === undefined && max === undefined) return 'is a number';
  if (max === undefined) return `at least ${plainNumber(min ?? 0)}`;
  if (min === undefined) return `${maxExcluded ? 'below' : 'at most'} ${plainNumber(max)}`;
  if (min === max) return `is ${plainNumber(min)}`;
  return `from ${plainNumber(min)} to ${maxExcluded ? 'below ' : ''}${plainNumber(max)}`;
}

function countWords({ min, max }: Extract<RowCondition, { op: 'valueCount' }>): string {
  if (min === undefined && max === undefined) return 'is present';
  if (max === undefined) return `has at least ${formatQuantity(min ?? 0, 'value')}`;
  if (max === 0) return 'has no value';
  if (min === undefined) return `has at most ${formatQuantity(max, 'value')}`;
  return min === max ? `has ${formatQuantity(max, 'value')}` : `has ${min} to ${formatQuantity(max, 'value')}`;
}
