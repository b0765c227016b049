/**
 * `FeatureStats.pb` as protobufjs reads and writes it, by a .proto of its own. Tests hold our codec against it;
 * the product never loads it.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import protobuf from 'protobufjs';

const PROTO = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixtures', 'statistics.proto');

const LIST = protobuf
  .parse(readFileSync(PROTO, 'utf8'), { keepCase: true })
  .root.lookupType('tensorflow.metadata.v0.DatasetFeatureStatisticsList');

/** Proto JSON of the bytes: field names kept, 64-bit integers, NaN and infinities as text, default values left out. */
export function readIndependently(bytes: Uint8Array): unknown {
  return LIST.toObject(LIST.decode(bytes), { longs: String, enums: String, json: true, bytes: String });
}

/** The bytes that protobufjs makes of proto JSON. */
export function writeIndependently(json: { readonly [field: string]: unknown }): Uint8Array {
  return LIST.encode(LIST.fromObject(json)).finish();
}
