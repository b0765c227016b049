/**
 * An independent reader of TFRecord, for tests: it shares no code with the writer in `lib/tfmd`, and computes its
 * checksums bit by bit.
 */

import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** The records of a gzip TFRecord file, each with both checksums checked. */
export async function readTfrecords(filePath: string): Promise<readonly Buffer[]> {
  return parseTfrecords(gunzipSync(await readFile(filePath)));
}

/** The records of framed bytes. */
export function parseTfrecords(bytes: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = Number(bytes.readBigUInt64LE(at));
    assert.equal(bytes.readUInt32LE(at + 8), maskedByBits(bytes.subarray(at, at + 8)), 'checksum of the length');
    const record = bytes.subarray(at + 12, at + 12 + length);
    assert.equal(record.length, length, 'a whole record');
    assert.equal(bytes.readUInt32LE(at + 12 + length), maskedByBits(record), 'checksum of the record');
    records.push(record);
    at += length + 16;
  }
  return records;
}

function maskedByBits(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  }
  const whole = BigInt(~crc >>> 0);
  return Number((((whole >> 15n) | (whole << 17n)) + 0xa282_ead8n) & 0xffff_ffffn);
}
