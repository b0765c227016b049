/**
 * Schema and Anomalies as protobufjs reads and writes them, by a .proto of its own. Tests hold our codecs against it;
 * the product never loads it.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import protobuf from 'protobufjs';

const PROTO = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixtures', 'schema.proto');
const ROOT = protobuf.parse(readFileSync(PROTO, 'utf8'), { keepCase: true }).root.resolveAll();

/** A message of that .proto. */
export type IndependentMessage = {
  /** Proto JSON of the bytes: field names kept, 64-bit integers as text, what is not set left out. */
  readonly read: (bytes: Uint8Array) => unknown;
  readonly write: (json: { readonly [field: string]: unknown }) => Uint8Array;
  /**
   * One message for each way to choose a member of every oneof, every other field set, messages `depth` deep.
   */
  readonly examples: (depth: number) => readonly { readonly [field: string]: unknown }[];
};

/** Looks a message up by its name. */
export function independentMessage(name: string): IndependentMessage {
  const type = ROOT.lookupType(`tensorflow.metadata.v0.${name}`);
  return {
    read: (bytes) => type.toObject(type.decode(bytes), { longs: String, enums: String, json: true, bytes: String }),
    // A plain array, since protobufjs writes into a Buffer, of which every slice is a Buffer too.
    write: (json) => Uint8Array.from(type.encode(type.fromObject(json)).finish()),
    examples: (depth) => examplesOf(type, depth),
  };
}

type Example = { [field: string]: unknown };

function examplesOf(type: protobuf.Type, depth: number): readonly Example[] {
  const ways = Math.max(1, ...type.oneofsArray.map((oneof) => oneof.fieldsArray.length));
  return Array.from({ length: ways }, (_, way) => {
    const example: Example = {};
    for (const field of type.fieldsArray) {
      const group = field.partOf?.fieldsArray;
      if (group !== undefined && group[way % group.length] !== field) continue;
      const values = valuesOf(field, depth);
      if (values.length === 0) continue;
      if (field instanceof protobuf.MapField)
        example[field.name] = Object.fromEntries(values.map((v, i) => [`k${i}`, v]));
      else example[field.name] = field.repeated ? values : values[way % values.length];
    }
    return example;
  });
}

function valuesOf(field: protobuf.Field, depth: number): readonly unknown[] {
  const { resolvedType } = field;
  if (resolvedType instanceof protobuf.Type) return depth === 0 ? [] : examplesOf(resolvedType, depth - 1);
  if (resolvedType instanceof protobuf.Enum) return Object.keys(resolvedType.values);
  switch (field.type) {
    case 'string':
      return ['a "quoted" text', 'größer 日本', ''];
    case 'bytes':
      return ['AP+A'];
    case 'bool':
      return [true, false];
    case 'double':
      return [0.1, -1e-300, 0, 'Infinity'];
    case 'float':
      return [1.5, -0.25, 0, '-Infinity'];
    default:
      return field.type.startsWith('u')
        ? ['7', '300'].map(numberFor(field))
        : ['-3', '12345678901', '0'].map(numberFor(field));
  }
}

/** 64-bit integers are text in proto JSON, smaller ones numbers. */
function numberFor(field: protobuf.Field): (text: string) => unknown {
  return (text) => (field.type.endsWith('64') ? text : Number(text) % 1_000_000);
}
