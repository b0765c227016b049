/** Offset of the first byte in `bytes[start] … bytes[end - 1]` that is not well-formed UTF-8 (RFC 3629), or -1. */
export function findInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const lead = Number(bytes[at]);
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(lead);
    if (length === 0 || at + length > end) return at;
    const second = Number(bytes[at + 1]);
    if (!isSecond(lead, second)) return at;
    for (let rest = 2; rest < length; rest++) if ((Number(bytes[at + rest]) & 0xc0) !== 0x80) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(lead: number): 0 | 2 | 3 | 4 {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/** Table 3-7 of the Unicode standard: the second byte rules out overlong forms, surrogates and what lies above U+10FFFF. */
function isSecond(lead: number, second: number): boolean {
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}
