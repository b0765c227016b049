import type { FormField, Json } from '../../../lib/catalog/params-form';
import { formatValue } from '../../../lib/format/number';

const LONGEST = 60;

/** What holds where nothing is set, for the line under a changed field: `default 40`. */
export function defaultWords({ default: initial, isOptional }: FormField): string {
  if (initial === undefined) return isOptional ? 'default not set' : 'default';
  return `default ${valueWords(initial)}`;
}

/** A value in a few words. */
export function valueWords(value: Json): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return formatValue(value);
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : cut(value.map(valueWords).join(', '));
  return cut(typeof value === 'string' ? (value === '' ? 'empty' : value) : JSON.stringify(value));
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
