/**
 * Protobuf messages as tables: a message is its fields, a field is its number, its value codec and how often it stands.
 * Types follow from the table, so that a message is declared once.
 */

import { AppError } from '../errors';
import { WireReader, WireWriter, type WireType } from './wire';

/** How one value is written and read. Methods, not properties: a codec of a narrower type may stand for a wider one. */
export type ValueCodec<T> = {
  readonly wireType: WireType;
  /** What a plain field holds when it is not on the wire; undefined for messages. */
  readonly zero: T | undefined;
  write(writer: WireWriter, value: T): void;
  read(reader: WireReader): T;
};

/**
 * `plain`: as in proto3, the zero value is not written. `optional`: present or undefined (oneof members, proto2, messages).
 * `repeated`: a list.
 */
export type Presence = 'plain' | 'optional' | 'repeated';

/** A field of a message. */
export type Field<T = unknown, P extends Presence = Presence> = {
  readonly number: number;
  readonly presence: P;
  readonly codec: ValueCodec<T>;
};

/** Fields by name. */
export type Fields = { readonly [name: string]: Field };

/** A message type. */
export type Message<F extends Fields = Fields> = {
  /** The name in its .proto, for messages to people. */
  readonly name: string;
  readonly fields: F;
};

/** The TypeScript type of a field table. */
export type ValueOf<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Field<unknown, 'optional'> ? never : K]: F[K] extends Field<
    infer T,
    'repeated'
  >
    ? readonly T[]
    : F[K] extends Field<infer T, 'plain'>
      ? T
      : never;
} & {
  readonly [K in keyof F as F[K] extends Field<unknown, 'optional'> ? K : never]?: F[K] extends Field<
    infer T,
    'optional'
  >
    ? T | undefined
    : never;
};

/** The TypeScript type of a message. */
export type MessageValue<M extends Message> = ValueOf<M['fields']>;

/** `uint64`, as a number up to 2^53 − 1. */
export const uint64: ValueCodec<number> = {
  wireType: 0,
  zero: 0,
  write: (writer, value) => writer.varint(value),
  read: (reader) => reader.varint(),
};
/** `int64` and `int32`, as a number. */
export const int64: ValueCodec<number> = {
  wireType: 0,
  zero: 0,
  write: (writer, value) => writer.signedVarint(value),
  read: (reader) => reader.signedVarint(),
};
/** `double`. */
export const double: ValueCodec<number> = {
  wireType: 1,
  zero: 0,
  write: (writer, value) => writer.double(value),
  read: (reader) => reader.double(),
};
/** `float`: rounded to single precision when written. */
export const float: ValueCodec<number> = {
  wireType: 5,
  zero: 0,
  write: (writer, value) => writer.float(value),
  read: (reader) => reader.float(),
};
/** `string`. */
export const string: ValueCodec<string> = {
  wireType: 2,
  zero: '',
  write: (writer, value) => writer.string(value),
  read: (reader) => reader.string(),
};
/** `bytes`. */
export const bytes: ValueCodec<Uint8Array> = {
  wireType: 2,
  zero: new Uint8Array(0),
  write: (writer, value) => writer.bytes(value),
  read: (reader) => reader.bytes().slice(),
};

/** An enum whose values are numbered from 0 in this order. */
export function enumeration<const Names extends readonly [string, ...string[]]>(
  names: Names,
): ValueCodec<Names[number]> {
  return {
    wireType: 0,
    zero: names[0],
    write: (writer, value) => writer.varint(names.indexOf(value)),
    read: (reader) => {
      const index = reader.varint();
      const name = names[index];
      if (name === undefined)
        throw new AppError(
          'unsupported',
          `The protobuf message uses the enum value ${index}, which is not known here.`,
        );
      return name;
    },
  };
}

/** A message inside a message. */
export function embedded<F extends Fields>(message: Message<F>): ValueCodec<ValueOf<F>> {
  return {
    wireType: 2,
    zero: undefined,
    write: (writer, value) => writer.bytes(encodeMessage(message, value)),
    read: (reader) => decodeMessage(message, reader.bytes()),
  };
}

/** A field without presence (proto3): its zero value is not written. */
export function plain<T>(number: number, codec: ValueCodec<T>): Field<T, 'plain'> {
  return { number, presence: 'plain', codec };
}
/** A field that is there or not: a message, a member of a oneof, any proto2 field. */
export function optional<T>(number: number, codec: ValueCodec<T>): Field<T, 'optional'> {
  return { number, presence: 'optional', codec };
}
/** A list. Numbers in packed form are not read: no message here has such a field. */
export function repeated<T>(number: number, codec: ValueCodec<T>): Field<T, 'repeated'> {
  return { number, presence: 'repeated', codec };
}

/** Declares a message. Fields are written in the order of their numbers, as protobuf's own libraries do. */
export function defineMessage<const F extends Fields>(name: string, fields: F): Message<F> {
  const ordered = Object.entries(fields).toSorted(([, a], [, b]) => a.number - b.number);
  // The entries are those of `fields`; only their order changed.
  return { name, fields: Object.fromEntries(ordered) as F };
}

/** A whole message from some of its fields; the others get their zero value or an empty list. */
export function createMessage<F extends Fields>(message: Message<F>, given: Partial<ValueOf<F>>): ValueOf<F> {
  // The loop of `zeroOf` makes exactly the properties that `ValueOf` lists.
  return { ...zeroOf(message), ...given } as ValueOf<F>;
}

/** The bytes of a message. */
export function encodeMessage<F extends Fields>(message: Message<F>, value: ValueOf<F>): Uint8Array {
  const writer = new WireWriter();
  // By name, the value's type is that of its field; the compiler cannot follow a loop over both.
  const values = value as { readonly [name: string]: unknown };
  for (const [name, field] of Object.entries(message.fields)) {
    const fieldValue = values[name];
    if (fieldValue === undefined) continue;
    if (field.presence === 'plain' && isZero(fieldValue, field.codec.zero)) continue;
    for (const item of Array.isArray(fieldValue) ? fieldValue : [fieldValue]) {
      writer.tag(field.number, field.codec.wireType);
      field.codec.write(writer, item);
    }
  }
  return writer.finish();
}

/** Reads a message; fields that the table does not know are passed over. */
export function decodeMessage<F extends Fields>(message: Message<F>, encoded: Uint8Array): ValueOf<F> {
  const byNumber = new Map(Object.entries(message.fields).map(([name, field]) => [field.number, { name, field }]));
  const values = zeroOf(message);
  const lists = new Map<string, unknown[]>();
  const reader = new WireReader(encoded);
  while (!reader.atEnd) {
    const { fieldNumber, wireType } = reader.tag();
    const found = byNumber.get(fieldNumber);
    if (found === undefined || found.field.codec.wireType !== wireType) {
      reader.skip(wireType);
      continue;
    }
    const item = found.field.codec.read(reader);
    if (found.field.presence !== 'repeated') values[found.name] = item;
    else {
      const list = lists.get(found.name);
      if (list === undefined) lists.set(found.name, [item]);
      else list.push(item);
    }
  }
  for (const [name, list] of lists) values[name] = list;
  // Every value was made by the codec of its own field.
  return values as ValueOf<F>;
}

function zeroOf(message: Message): { [name: string]: unknown } {
  const values: { [name: string]: unknown } = {};
  for (const [name, field] of Object.entries(message.fields)) {
    if (field.presence === 'repeated') values[name] = [];
    else if (field.presence === 'plain') values[name] = field.codec.zero;
  }
  return values;
}

function isZero(value: unknown, zero: unknown): boolean {
  return Object.is(value, zero) || (value instanceof Uint8Array && value.length === 0);
}
