/**
 * A component's parameters as a form: which fields, named how, with what help, bounds and defaults. It is read off the zod
 * schema of the spec, so that a new component needs no form of its own.
 */

import * as z from 'zod';

import { zFieldHints, type FieldHints } from './field-hints';
import { toLabel, unitOf } from './field-words';

/** A JSON value. */
export type Json = z.core.util.JSONType;

/** Limits of a number, both inclusive unless said otherwise. */
export type NumberBounds = {
  readonly integer: boolean;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** True where the limit itself is not allowed. */
  readonly above?: boolean | undefined;
  readonly below?: boolean | undefined;
};

/** One of several things that a value can be. */
export type FieldAlternative = { readonly label: string; readonly shape: FieldShape };

/** One form of a structure that a tag tells apart. */
export type FieldVariant = {
  /** The tag's value. */
  readonly value: string;
  readonly label: string;
  readonly help: string;
  /** Fields beside the tag. */
  readonly fields: readonly FormField[];
};

/** What a value looks like, and with it the widget that edits it. */
export type FieldShape =
  | { readonly kind: 'text'; readonly multiline: boolean; readonly hints: FieldHints }
  | ({ readonly kind: 'number'; readonly unit: string | undefined } & NumberBounds)
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: Json; readonly label: string }[] }
  | { readonly kind: 'list'; readonly item: FieldShape; readonly min: number; readonly max: number | undefined }
  | { readonly kind: 'object'; readonly fields: readonly FormField[] }
  /** Names that the person gives, each with a value. */
  | { readonly kind: 'entries'; readonly item: FieldShape }
  | { readonly kind: 'variants'; readonly tag: string; readonly variants: readonly FieldVariant[] }
  | { readonly kind: 'either'; readonly options: readonly FieldAlternative[] }
  /** Anything that JSON can say. */
  | { readonly kind: 'json' };

/** One field of a form. */
export type FormField = {
  /** The key in the parameters. */
  readonly name: string;
  /** In sentence case: `numTopValues` is "Top values". */
  readonly label: string;
  /** The text of `.describe()`; empty where there is none. */
  readonly help: string;
  readonly group: string | undefined;
  /** True where the value must be given. */
  readonly isRequired: boolean;
  /** True where the value may be left out and nothing takes its place: a structure is set or it is not there. */
  readonly isOptional: boolean;
  /** What holds while nothing is set. Undefined: nothing holds. */
  readonly default: Json | undefined;
  /** What an optional structure begins with. */
  readonly start: Json | undefined;
  readonly shape: FieldShape;
};

/** Null as one of the things that a value can be. */
const NOTHING: FieldAlternative = {
  label: 'None',
  shape: { kind: 'choice', options: [{ value: null, label: 'None' }] },
};

/** Structures inside structures beyond this depth are edited as JSON: a schema may contain itself. */
const MAX_DEPTH = 14;

const known = new WeakMap<z.core.$ZodType, readonly FormField[]>();

/** The fields of a component's parameters, in the order of the spec. An empty list where they are not an object. */
export function describeParams(params: z.core.$ZodType): readonly FormField[] {
  let fields = known.get(params);
  if (fields === undefined) {
    const { schema } = unwrap(params);
    fields = schema instanceof z.ZodObject ? fieldsOf(schema, 0) : [];
    known.set(params, fields);
  }
  return fields;
}

function fieldsOf(schema: z.ZodObject, depth: number): readonly FormField[] {
  return Object.entries(schema.shape).map(([name, field]: [string, z.core.$ZodType]) =>
    describeField(name, field, depth),
  );
}

function describeField(name: string, field: z.core.$ZodType, depth: number): FormField {
  const { schema, hints, help, isNullable, ...rest } = unwrap(field);
  const shape = shapeOf({ schema, hints: { ...hints, unit: hints.unit ?? unitOf(name) }, depth });
  return {
    name,
    label: hints.label ?? toLabel(name),
    help,
    group: hints.group,
    start: hints.start,
    ...rest,
    // Null is a choice of its own before whatever else the value can be.
    shape: isNullable ? { kind: 'either', options: [NOTHING, { label: ALTERNATIVES[shape.kind], shape }] } : shape,
  };
}

type Unwrapped = {
  readonly schema: z.core.$ZodType;
  readonly hints: FieldHints;
  readonly help: string;
  readonly isRequired: boolean;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  readonly default: Json | undefined;
};

/** A schema without what wraps it; hints and help of the outer layers win. */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  const meta = z.globalRegistry.get(schema);
  const read = zFieldHints.safeParse(meta ?? {});
  const own = {
    hints: read.success ? read.data : {},
    help: typeof meta?.description === 'string' ? meta.description : '',
  };
  const bare: Unwrapped = {
    schema,
    ...own,
    isRequired: true,
    isOptional: false,
    isNullable: false,
    default: undefined,
  };
  const inner = innerOf(schema);
  if (inner === undefined) return bare;
  const below = unwrap(inner);
  const merged = { ...below, hints: { ...below.hints, ...own.hints }, help: own.help === '' ? below.help : own.help };
  if (schema instanceof z.ZodOptional)
    return { ...merged, isRequired: false, isOptional: below.isRequired || below.isOptional };
  if (schema instanceof z.ZodNullable) return { ...merged, isNullable: true };
  if (schema instanceof z.ZodDefault)
    return { ...merged, isRequired: false, isOptional: false, default: toJson(schema.def.defaultValue) };
  // What a prefault fills in is parsed: the fields inside know their own defaults.
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodCatch)
    return { ...merged, isRequired: false, isOptional: false };
  return merged;
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodCatch
  )
    return schema._zod.def.innerType;
  if (schema instanceof z.ZodPipe) return schema._zod.def.in;
  return undefined;
}

function toJson(value: unknown): Json | undefined {
  const parsed = z.json().safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

type Shaping = { readonly schema: z.core.$ZodType; readonly hints: FieldHints; readonly depth: number };

function shapeOf({ schema, hints, depth }: Shaping): FieldShape {
  if (depth > MAX_DEPTH) return { kind: 'json' };
  const inside = (inner: z.core.$ZodType): FieldShape => {
    const bare = unwrap(inner);
    return shapeOf({ schema: bare.schema, hints: { ...hints, ...bare.hints }, depth: depth + 1 });
  };
  if (schema instanceof z.ZodString) return { kind: 'text', multiline: hints.multiline ?? false, hints };
  if (schema instanceof z.ZodNumber) return { kind: 'number', unit: hints.unit, ...boundsOf(schema) };
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return choiceOf(literalsOf(schema));
  if (schema instanceof z.ZodArray) {
    const { minItems = 0, maxItems } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return { kind: 'list', item: inside(schema._zod.def.element), min: minItems, max: maxItems };
  }
  if (schema instanceof z.ZodObject) return { kind: 'object', fields: fieldsOf(schema, depth + 1) };
  if (schema instanceof z.ZodRecord) return { kind: 'entries', item: inside(schema._zod.def.valueType) };
  if (schema instanceof z.ZodDiscriminatedUnion) return variantsOf(schema, depth);
  if (schema instanceof z.ZodUnion) return unionOf(schema, inside);
  // Of a lazy schema only a structure is drawn: what contains itself without an end is edited as JSON.
  if (schema instanceof z.ZodLazy) {
    const { schema: inner } = unwrap(schema._zod.def.getter());
    return inner instanceof z.ZodObject ? inside(inner) : { kind: 'json' };
  }
  return { kind: 'json' };
}

function boundsOf(schema: z.ZodNumber): NumberBounds {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = z.toJSONSchema(schema, { io: 'input' });
  const min = numberOf(minimum ?? exclusiveMinimum);
  const max = numberOf(maximum ?? exclusiveMaximum);
  return {
    integer: type === 'integer',
    // The ends of the safe integers are no limits that a person was meant to read.
    ...(min !== undefined && min !== Number.MIN_SAFE_INTEGER && { min, above: minimum === undefined }),
    ...(max !== undefined && max !== Number.MAX_SAFE_INTEGER && { max, below: maximum === undefined }),
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function literalsOf(schema: z.ZodEnum | z.ZodLiteral): readonly Json[] {
  const values: readonly unknown[] = schema instanceof z.ZodEnum ? schema.options : [...schema.values];
  return values.flatMap((value) => toJson(value) ?? []);
}

function choiceOf(values: readonly Json[]): FieldShape {
  return {
    kind: 'choice',
    options: values.map((value) => ({ value, label: literalWords(value) })),
  };
}

function literalWords(value: Json): string {
  if (value === null) return 'None';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function unionOf(schema: z.ZodUnion, inside: (inner: z.core.$ZodType) => FieldShape): FieldShape {
  const options: readonly z.core.$ZodType[] = schema._zod.def.options;
  const literals = options.flatMap((option) =>
    option instanceof z.ZodLiteral || option instanceof z.ZodEnum ? literalsOf(option) : [],
  );
  const rest = options.filter((option) => !(option instanceof z.ZodLiteral || option instanceof z.ZodEnum));
  if (rest.length === 0) return choiceOf(literals);
  const shapes = rest.map(inside);
  return {
    kind: 'either',
    options: [
      ...literals.map((value) => ({ label: literalWords(value), shape: choiceOf([value]) })),
      ...shapes.map((shape) => ({ label: ALTERNATIVES[shape.kind], shape })),
    ],
  };
}

const ALTERNATIVES: { readonly [K in FieldShape['kind']]: string } = {
  text: 'Text',
  number: 'Number',
  switch: 'On or off',
  choice: 'Choice',
  list: 'List',
  object: 'Fields',
  entries: 'Names and values',
  variants: 'Fields',
  either: 'Other',
  json: 'JSON',
};

function variantsOf(schema: z.ZodDiscriminatedUnion, depth: number): FieldShape {
  const tag = schema.def.discriminator;
  const variants: FieldVariant[] = [];
  for (const option of schema._zod.def.options) {
    const { schema: variant, help, hints } = unwrap(option);
    if (!(variant instanceof z.ZodObject)) return { kind: 'json' };
    const shape: { readonly [key: string]: z.core.$ZodType } = variant.shape;
    const tagged = shape[tag];
    if (!(tagged instanceof z.ZodLiteral || tagged instanceof z.ZodEnum)) return { kind: 'json' };
    const fields = fieldsOf(variant, depth + 1).filter(({ name }) => name !== tag);
    for (const value of literalsOf(tagged).map(String))
      variants.push({ value, label: hints.label ?? value, help, fields });
  }
  return { kind: 'variants', tag, variants };
}
