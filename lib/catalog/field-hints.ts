/** What a form should know of a parameter and zod cannot say. Written with `.meta(hint({…}))` on the field of a spec. */

import * as z from 'zod';

const zOrigin = z.union([z.literal('source'), z.strictObject({ input: z.string() })]);

/** Parser of {@link FieldHints}. Keys that other tools wrote into the same metadata are passed over. */
export const zFieldHints = z.object({
  /** The text names a column: of what arrives at an input port, or of the node's own source files. */
  columnOf: zOrigin.optional(),
  /** With `columnOf`: the text may as well name a key of this parameter of the node: a feature that it makes itself. */
  alsoKeysOf: z.string().optional(),
  /** With `columnOf`: the text may as well name a feature of the transform graph that comes with this input's artifact. */
  alsoFeaturesAt: z.string().optional(),
  /** The text names a split of what arrives at an input port. */
  splitOf: z.strictObject({ input: z.string() }).optional(),
  /** Stands behind the number: `bytes`, `rows`, `ms`. */
  unit: z.string().optional(),
  /** In place of the label that is made of the parameter's name. */
  label: z.string().optional(),
  /** Heading under which the field stands. */
  group: z.string().optional(),
  /** Longer text: a field of several lines. */
  multiline: z.boolean().optional(),
  /** Asks for the value while there is none, in place of `Fill in "…".`: a full sentence. */
  ask: z.string().optional(),
  /** What a person begins with who sets an optional structure, in place of an empty one. */
  start: z.json().optional(),
});
/** See {@link zFieldHints}. */
export type FieldHints = z.infer<typeof zFieldHints>;

/** Where a field's columns come from. */
export type ColumnOrigin = z.infer<typeof zOrigin>;

/** Keeps the hints of a field checked by the compiler, which `.meta()` alone does not. */
export function hint(hints: FieldHints): { readonly [name: string]: unknown } {
  return hints;
}
