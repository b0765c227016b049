/**
 * What makes two node runs the same: component and version, parameters with every default, inputs by digest and source
 * files by name and digest. Ids, times, the pipeline's name (but where a component acts for its pipeline) and where things
 * lie are not part of it, so that a copied pipeline or a moved file reuses what is there. Code that a person wrote is a parameter, and so part of it by its text.
 */

import * as z from 'zod';

import { zDigest } from '../artifact/artifact';
import type { ComponentSpec } from '../catalog/component-spec';
import { digestOf } from '../hash';

/** Files that a node reads outside the store: file name relative to the parameter's folder → digest, by parameter. */
export const zSourceDigests = z.record(z.string(), z.record(z.string(), zDigest));
/** See {@link zSourceDigests}. */
export type SourceDigests = z.infer<typeof zSourceDigests>;

const zParams = z.record(z.string(), z.json());

/** Everything that goes into a key. It is stored beside the execution, so that a later difference can be named. */
export const zKeyParts = z.strictObject({
  component: z.string(),
  version: z.number().int(),
  /** Parsed parameters, without those that only say where source files lie. */
  params: zParams,
  /** Digests of the input artifacts in order, by port; unwired ports are left out. */
  inputs: z.record(z.string(), z.array(zDigest)),
  sources: zSourceDigests,
  /** Name of the pipeline, of components that act for it outside the store. */
  pipeline: z.string().optional(),
});
/** See {@link zKeyParts}. */
export type KeyParts = z.infer<typeof zKeyParts>;

/** What {@link keyPartsOf} needs to know of a node run. */
export type KeyIngredients = {
  /** Parameters after `$param` and overrides, not yet parsed by the spec. */
  readonly params: { readonly [name: string]: unknown };
  /** Digests of the input artifacts in order, by port. */
  readonly inputs: { readonly [port: string]: readonly string[] };
  readonly sources: SourceDigests;
  /** Name of the pipeline; matters for components that act for it alone. */
  readonly pipeline?: string;
};

/** The key parts of a node run. Throws zod's error where the spec refuses the parameters: validate first. */
export function keyPartsOf(spec: ComponentSpec, ingredients: KeyIngredients): KeyParts {
  const parsed = spec.params.parse(ingredients.params);
  const params = zParams.parse(withoutUndefined(parsed));
  for (const source of spec.sources?.(parsed) ?? []) delete params[source.param];
  const inputs: Record<string, string[]> = {};
  for (const [port, digests] of Object.entries(ingredients.inputs)) if (digests.length > 0) inputs[port] = [...digests];
  const { sources, pipeline = '' } = ingredients;
  const parts = { component: spec.type, version: spec.version, params, inputs, sources };
  return spec.actsForPipeline === true ? { ...parts, pipeline } : parts;
}

/** The key: 64 hex digits, equal exactly when the parts are equal. */
export function cacheKeyOf(parts: KeyParts): string {
  return digestOf(parts);
}

/** JSON has no undefined: an optional parameter that is absent and one that is undefined are the same. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item)]));
}
