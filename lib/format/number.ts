/** Numbers as people read them. Missing is a dash, never an empty cell; NaN never shows. */

/** What stands where there is no value. */
export const NO_VALUE = '–';

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A count: `15,002`. */
export function formatCount(count: number | undefined): string {
  return count === undefined || !Number.isFinite(count) ? NO_VALUE : COUNT.format(count);
}

/** A count with its noun: `1 row`, `15,002 rows`. The plural defaults to the singular with an s. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A share from 0 to 1 as percent: `26.8 %`, `<0.1 %`, `>99.9 %`, `0 %`, `100 %`. */
export function formatShare(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return NO_VALUE;
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.1) return '<0.1 %';
  if (percent > 99.9) return '>99.9 %';
  return `${percent.toFixed(1)} %`;
}

/** A whole share for things that move: `62 %`. Never `100 %` before it is all. */
export function formatProgress(share: number): string {
  return `${Math.min(share < 1 ? 99 : 100, Math.floor(share * 100))} %`;
}

/** A size: `41 KB`, `1.2 MB`. Units of 1,000. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  const digits = unit > 1 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit] ?? ''}`;
}

/** A measured value with about five significant digits and a true minus: `−0.0113`, `1,409,012,345.7`, `3.4028e+38`. */
export function formatValue(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return NO_VALUE;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    Number.isInteger(value) && size < 1e15
      ? COUNT.format(size)
      : size >= 1e15 || (size < 1e-4 && size > 0)
        ? size.toExponential(3)
        : size >= 1_000
          ? new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(size)
          : String(Number(size.toPrecision(5)));
  return value < 0 ? `−${text}` : text;
}
