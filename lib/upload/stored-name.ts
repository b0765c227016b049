/** What a file is called on disk: as the person called it, as far as every file system and every path can take it. */

/** Most bytes of a name in UTF-8: file systems allow 255, and an id comes beside it. */
const MAX_NAME_BYTES = 180;
const FALLBACK = 'table';
/** Separators of paths, what Windows forbids, control characters, and marks that turn the direction of text. */
const FORBIDDEN = /[/\\<>:"|?*\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** Names of devices on Windows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name for the disk: no path, never hidden, at most 180 bytes of UTF-8 with its extension kept. Text of every script
 * stays as it is. The same name in gives the same name out.
 */
export function storedName(name: string): string {
  const clean = name.normalize('NFC').replaceAll(FORBIDDEN, '_').trim();
  const { stem, extension } = splitName(clean);
  const shown = stem.replaceAll(/^[.\s]+|[.\s]+$/g, '');
  const safe = /^_*$/.test(shown) ? FALLBACK : DEVICE.test(shown) ? `${shown}_` : shown;
  return `${cutToBytes(safe, MAX_NAME_BYTES - byteLength(extension))}${extension}`;
}

/** Different names for the disk, in the order of the names given: a later twin gets a number. */
export function storedNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const first = storedName(name);
    const { stem, extension } = splitName(first);
    let unique = first;
    // Some file systems take capital and small letters for the same.
    for (let number = 2; taken.has(unique.toLowerCase()); number++) unique = `${stem}-${number}${extension}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** A name without its extension, as a title: `trips` of `trips.csv`; what is no extension stays. */
export function nameStem(name: string): string {
  return splitName(name).stem;
}

function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const extension = /\.[A-Za-z0-9]{1,12}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** As many whole characters as fit. */
function cutToBytes(text: string, bytes: number): string {
  let kept = '';
  let length = 0;
  for (const character of text) {
    length += byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}
