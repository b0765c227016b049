/** Numbers in labels, by the grammar of TFDV's parsers (absl's SimpleAtoi and SimpleAtof). */

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const REAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const WORD = /^([+-]?)(nan|inf|infinity)$/i;

/** The integer of 64 bits that a label writes in decimal; undefined where it writes none. */
export function parseInt64(label: string): bigint | undefined {
  const text = label.trim();
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= INT64_MIN && value <= INT64_MAX ? value : undefined;
}

/** The number of single precision that a label writes; undefined where it writes none. */
export function parseFloat32(label: string): number | undefined {
  const text = label.trim();
  const word = WORD.exec(text);
  if (word !== null) {
    if (word[2]?.toLowerCase() === 'nan') return Number.NaN;
    return word[1] === '-' ? -Infinity : Infinity;
  }
  return REAL.test(text) ? Math.fround(Number(text)) : undefined;
}

/** A whole number of a statistic as an integer of 64 bits, cut at its ends. */
export function toInt64(value: number): bigint {
  const whole = BigInt(Math.trunc(value));
  return whole < INT64_MIN ? INT64_MIN : whole > INT64_MAX ? INT64_MAX : whole;
}
