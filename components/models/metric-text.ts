import { formatValue, NO_VALUE } from '../../lib/format/number';

/** Three places, as metrics are compared; larger numbers as they are measured. */
export function metricText(value: number | undefined): string {
  if (value === undefined) return NO_VALUE;
  return Math.abs(value) < 100 ? value.toFixed(3).replace('-', '−') : formatValue(value);
}
