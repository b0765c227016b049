/**
 * Protobuf messages as tables: a message is its fields, a field is its number, its value codec and how often it stands.
 * Types follow from the table, so that a message is declared once.
 */

import { AppError } from '../errors';
import { WireReader, WireWriter, type WireType } from './wire';

/** What a value is beyond its bytes: what a text format must know to read and write it. */
export type ValueKind =
  /** A whole number of at most 2^53 − 1 in size. */
  | { readonly type: 'integer'; readonly isSigned: boolean }
  /** A whole number of up to 64 bits, as a bigint. */
  | { readonly type: 'bigint' }
  | { readonly type: 'real'; readonly isSinglePrecision: boolean }
  | { readonly type: 'string' }
  | { readonly type: 'bytes' }
  | { readonly type: 'bool' }
  | { readonly type: 'enum'; readonly numbers: ReadonlyMap<string, number> }
  | { readonly type: 'message'; readonly message: Message };

/** How one value is written and read. Methods, not properties: a codec of a narrower type may stand for a wider one. */
export type ValueCodec<T> = {
  readonly kind: ValueKind;
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
  /** Groups of optional fields of which at most one is set: reading one clears the others. */
  readonly oneOfs: readonly (readonly string[])[];
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
  kind: { type: 'integer', isSigned: false },
  wireType: 0,
  zero: 0,
  write: (writer, value) => writer.varint(value),
  read: (reader) => reader.varint(),
};
/** `int64` and `int32`, as a number. */
export const int64: ValueCodec<number> = {
  kind: { type: 'integer', isSigned: true },
  wireType: 0,
  zero: 0,
  write: (writer, value) => writer.signedVarint(value),
  read: (reader) => reader.signedVarint(),
};
/** `double`. */
export const double: ValueCodec<number> = {
  kind: { type: 'real', isSinglePrecision: false },
  wireType: 1,
  zero: 0,
  write: (writer, value) => writer.double(value),
  read: (reader) => reader.double(),
};
/** `float`: rounded to single precision when written. */
export const float: ValueCodec<number> = {
  kind: { type: 'real', isSinglePrecision: true },
  wireType: 5,
  zero: 0,
  write: (writer, value) => writer.float(value),
  read: (reader) => reader.float(),
};
/** `string`. */
export const string: ValueCodec<string> = {
  kind: { type: 'string' },
  wireType: 2,
  zero: '',
  write: (writer, value) => writer.string(value),
  read: (reader) => reader.string(),
};
/** `bytes`. */
export const bytes: ValueCodec<Uint8Array> = {
  kind: { type: 'bytes' },
  wireType: 2,
  zero: new Uint8Array(0),
  write: (writer, value) => writer.bytes(value),
  read: (reader) => reader.bytes().slice(),
};

/** `bool`. */
export const bool: ValueCodec<boolean> = {
  kind: { type: 'bool' },
  wireType: 0,
  zero: false,
  write: (writer, value) => writer.varint(value ? 1 : 0),
  read: (reader) => reader.varint() !== 0,
};
/** `int64` as a bigint, for values that may use all 64 bits. */
export const bigInt64: ValueCodec<bigint> = {
  kind: { type: 'bigint' },
  wireType: 0,
  zero: 0n,
  write: (writer, value) => writer.bigVarint(value),
  read: (reader) => reader.bigVarint(),
};

/** An enum whose values are numbered from 0 in this order. */
export function enumeration<const Names extends readonly [string, ...string[]]>(
  names: Names,
): ValueCodec<Names[number]> {
  // One number per name: the compiler does not keep the keys through `Object.fromEntries`.
  const numbers = Object.fromEntries(names.map((name, number) => [name, number])) as { [N in Names[number]]: number };
  return sparseEnumeration(numbers, names[0]);
}

/** An enum by name and number. */
export function sparseEnumeration<const Numbers extends { readonly [name: string]: number }>(
  numbers: Numbers,
  zero: keyof Numbers & string,
): ValueCodec<keyof Numbers & string> {
  type Name = keyof Numbers & string;
  // The keys are those of `numbers`, which the compiler does not keep through `Object.entries`.
  const byName = new Map(Object.entries(numbers) as [Name, number][]);
  const byNumber = new Map([...byName].map(([name, number]) => [number, name]));
  return {
    kind: { type: 'enum', numbers: byName },
    wireType: 0,
    zero,
    write: (writer, value) => writer.varint(byName.get(value) ?? 0),
    read: (reader) => {
      const number = reader.varint();
      const name = byNumber.get(number);
      if (name === undefined)
        throw new AppError(
          'unsupported',
          `The protobuf message uses the enum value ${number}, which is not known here.`,
        );
      return name;
    },
  };
}

/** A message inside a message. */
export function embedded<F extends Fields>(message: Message<F>): ValueCodec<ValueOf<F>> {
  return embeddedLater(() => message);
}

/** A message that is declared further down, as it must be where messages hold each other. `T` is its type. */
export function embeddedLater<T>(message: () => Message): ValueCodec<T> {
  return {
    get kind() {
      return { type: 'message', message: message() } as const;
    },
    wireType: 2,
    zero: undefined,
    // The caller states the type of the message that cannot be inferred before it is declared.
    write: (writer, value) => writer.bytes(encodeMessage(message(), value as ValueOf<Fields>)),
    read: (reader) => decodeMessage(message(), reader.bytes()) as T,
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
/** A list. Numbers are read in packed form too, and written one by one, which every reader takes. */
export function repeated<T>(number: number, codec: ValueCodec<T>): Field<T, 'repeated'> {
  return { number, presence: 'repeated', codec };
}

/** Declares a message. Fields are written in the order of their numbers, as protobuf's own libraries do. */
export function defineMessage<const F extends Fields>(
  name: string,
  fields: F,
  oneOfs: readonly (readonly (keyof F & string)[])[] = [],
): Message<F> {
  const ordered = Object.entries(fields).toSorted(([, a], [, b]) => a.number - b.number);
  // The entries are those of `fields`; only their order changed.
  return { name, fields: Object.fromEntries(ordered) as F, oneOfs };
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
    const isPacked = found?.field.presence === 'repeated' && wireType === 2 && found.field.codec.wireType !== wireType;
    if (found === undefined || (found.field.codec.wireType !== wireType && !isPacked)) {
      reader.skip(wireType);
      continue;
    }
    const { codec, presence } = found.field;
    if (presence !== 'repeated') {
      for (const other of siblingsOf(message, found.name)) delete values[other];
      values[found.name] = codec.read(reader);
      continue;
    }
    const list = lists.get(found.name) ?? [];
    lists.set(found.name, list);
    if (!isPacked) list.push(codec.read(reader));
    else for (const items = new WireReader(reader.bytes()); !items.atEnd;) list.push(codec.read(items));
  }
  for (const [name, list] of lists) values[name] = list;
  // Every value was made by the codec of its own field.
  return values as ValueOf<F>;
}

/** The other members of the oneof that a field belongs to; none for most fields. */
export function siblingsOf(message: Message, field: string): readonly string[] {
  const group = message.oneOfs.find((names) => names.includes(field));
  return group?.filter((name) => name !== field) ?? [];
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
