/** The words of a form, made from the names of parameters. */

/** Name endings that are units, and how the unit is written. */
const UNITS: { readonly [ending: string]: string } = {
  Ms: 'ms',
  Seconds: 's',
  Minutes: 'min',
  Bytes: 'bytes',
  Percent: '%',
};

const ENDING = new RegExp(`(?:${Object.keys(UNITS).join('|')})$`);

/** A label in sentence case: `numTopValues` is "Top values", `maxLineBytes` "Max line", `AUC` "AUC". */
export function toLabel(name: string): string {
  const stem = unitOf(name) === undefined ? name : name.replace(ENDING, '');
  const words = stem
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .split(' ')
    .map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()));
  // The field shows a number: its label need not say so.
  if (words.length > 1 && words[0] === 'num') words.shift();
  const label = words.join(' ');
  return `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`;
}

/** The unit that a parameter's name ends in, or undefined. */
export function unitOf(name: string): string | undefined {
  const ending = ENDING.exec(name)?.[0];
  return ending === undefined || ending === name ? undefined : UNITS[ending];
}
