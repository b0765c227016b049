/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), and the mask that TFRecord puts over it. */

/** The reflected polynomial. */
const POLYNOMIAL = 0x82f6_3b78;

/**
 * Eight tables of 256: table `k` advances a byte over `k` further zero bytes, so that eight bytes take eight look-ups
 * and no chain ("slicing-by-8", Kounavis and Berry, 2005).
 */
const TABLES = (() => {
  const tables = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    tables[byte] = value;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
})();

/** CRC-32C of bytes, as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array): number {
  const look = (table: number, byte: number) => TABLES[table * 256 + (byte & 0xff)] ?? 0;
  const { length } = bytes;
  let crc = 0xffff_ffff;
  let at = 0;
  for (; at + 8 <= length; at += 8) {
    crc ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    crc =
      look(7, crc) ^
      look(6, crc >>> 8) ^
      look(5, crc >>> 16) ^
      look(4, crc >>> 24) ^
      look(3, bytes[at + 4] ?? 0) ^
      look(2, bytes[at + 5] ?? 0) ^
      look(1, bytes[at + 6] ?? 0) ^
      look(0, bytes[at + 7] ?? 0);
  }
  for (; at < length; at++) crc = (crc >>> 8) ^ look(0, crc ^ (bytes[at] ?? 0));
  return ~crc >>> 0;
}

/** The masked CRC-32C of TFRecord: rotated right by 15 bits plus a constant, so that a CRC of data with CRCs stays strong. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282_ead8) >>> 0;
}
