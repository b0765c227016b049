/** tf.Example read by protobufjs from its published definition, for tests: no code is shared with the encoder. */

import protobuf from 'protobufjs';
import * as z from 'zod';

const { root } = protobuf.parse(`
  syntax = "proto3";
  message BytesList { repeated bytes value = 1; }
  message FloatList { repeated float value = 1 [packed = true]; }
  message Int64List { repeated int64 value = 1 [packed = true]; }
  message Feature { oneof kind { BytesList bytes_list = 1; FloatList float_list = 2; Int64List int64_list = 3; } }
  message Features { map<string, Feature> feature = 1; }
  message Example { Features features = 1; }
`);
const example = root.lookupType('Example');
const feature = root.lookupType('Feature');

const zFeature = z.object({
  bytesList: z.object({ value: z.array(z.string()) }).optional(),
  floatList: z.object({ value: z.array(z.union([z.number(), z.string()])) }).optional(),
  int64List: z.object({ value: z.array(z.string()) }).optional(),
});
const zExample = z.object({ features: z.object({ feature: z.record(z.string(), zFeature).optional() }) });
const AS_JSON = { longs: String, bytes: String, json: true, arrays: true };

/** A Feature: bytes as base64, int64 as decimal text, NaN and infinities as text; no key where it has no kind. */
export type PlainFeature = z.infer<typeof zFeature>;

/** The features of a tf.Example by name, in the order of the bytes. */
export function decodeExample(bytes: Uint8Array): Readonly<Record<string, PlainFeature>> {
  return zExample.parse(example.toObject(example.decode(bytes), AS_JSON)).features.feature ?? {};
}

/** A Feature that stands alone. */
export function decodeFeature(bytes: Uint8Array): PlainFeature {
  return zFeature.parse(feature.toObject(feature.decode(bytes), AS_JSON));
}
