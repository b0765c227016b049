/** Which keys a zod schema knows at a place, for "did you mean". */

import * as z from 'zod';

import type { JsonPath } from './json-path';

/** Keys of the objects that `schema` allows at `path`; an empty list where it allows none, or any. */
export function knownKeys(schema: z.core.$ZodType, path: JsonPath): readonly string[] {
  let at: readonly z.core.$ZodType[] = alternatives(schema);
  for (const step of path) at = at.flatMap((item) => childOf(item, step)).flatMap(alternatives);
  return [...new Set(at.flatMap((item) => (item instanceof z.ZodObject ? Object.keys(item.shape) : [])))];
}

/** A schema without what wraps it (optional, default, union…): what its value may look like. */
function alternatives(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodCatch
  )
    return alternatives(schema._zod.def.innerType);
  if (schema instanceof z.ZodUnion) return schema._zod.def.options.flatMap(alternatives);
  if (schema instanceof z.ZodIntersection) return [schema._zod.def.left, schema._zod.def.right].flatMap(alternatives);
  if (schema instanceof z.ZodPipe) return alternatives(schema._zod.def.in);
  // A lazy schema may contain itself; nothing in it is worth a suggestion.
  return [schema];
}

function childOf(schema: z.core.$ZodType, step: string | number): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const shape: { readonly [key: string]: z.core.$ZodType } = schema.shape;
    const child = Object.hasOwn(shape, step) ? shape[String(step)] : undefined;
    return child === undefined ? [] : [child];
  }
  if (schema instanceof z.ZodArray) return [schema._zod.def.element];
  if (schema instanceof z.ZodRecord) return [schema._zod.def.valueType];
  return [];
}
