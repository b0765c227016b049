/** In what versions differ beside their figures: parameters, features, data, schema, code. */

import * as z from 'zod';

import type { JsonValue } from '../hash';
import { formatJsonPath, type JsonPath } from '../json/json-path';
import type { KeyParts } from '../pipeline/cache-key';

/** What a difference is about. */
export const DIFFERENCE_KINDS = ['data', 'schema', 'features', 'parameters', 'code'] as const;

/** One thing that every version has, or has not. */
export const zVersionFact = z.object({
  kind: z.enum(DIFFERENCE_KINDS),
  /** Node and path, file or component: `trainer: learningRate`. */
  name: z.string(),
  /** A short text per version; null where it has no such thing. */
  values: z.array(z.string().nullable()),
  differs: z.boolean(),
});
/** See {@link zVersionFact}. */
export type VersionFact = z.infer<typeof zVersionFact>;

/** A step behind a version: what its execution was keyed on. */
export type KeyedStep = {
  readonly node: string;
  readonly key: KeyParts;
  /** Digests of schemas that it put out. */
  readonly schemas: readonly string[];
};

/** Digits of a digest that are told. */
const DIGITS = 8;
/** Characters of a value that are told. */
const MAX_TEXT = 200;

/**
 * Everything that can be told of the versions, side by side: the data first, then schema, features, parameters and code.
 * `versions` holds the steps behind each version.
 */
export function versionFacts(versions: readonly (readonly KeyedStep[])[]): readonly VersionFact[] {
  const found = new Map<
    string,
    { readonly kind: VersionFact['kind']; readonly name: string; readonly values: (string | null)[] }
  >();
  const tell = (version: number, { kind, name, value }: { kind: VersionFact['kind']; name: string; value: string }) => {
    const id = JSON.stringify([kind, name]);
    const fact = found.get(id) ?? { kind, name, values: versions.map(() => null) };
    fact.values[version] = value;
    found.set(id, fact);
  };
  for (const [version, steps] of versions.entries())
    for (const { node, key, schemas } of steps) {
      for (const [param, files] of Object.entries(key.sources))
        for (const [file, digest] of Object.entries(files))
          tell(version, { kind: 'data', name: `${node}: ${param} ${file}`, value: digest.slice(0, DIGITS) });
      for (const [index, digest] of schemas.entries())
        tell(version, {
          kind: 'schema',
          name: index === 0 ? `schema of ${node}` : `schema ${index + 1} of ${node}`,
          value: digest.slice(0, DIGITS),
        });
      for (const [path, value] of leaves(key.params)) {
        const kind = key.component === 'Transform' ? 'features' : 'parameters';
        tell(version, { kind, name: `${node}: ${formatJsonPath(path)}`, value });
      }
      tell(version, { kind: 'code', name: `${node}: ${key.component}`, value: `version ${key.version}` });
    }
  return [...found.values()]
    .map((fact) => ({ ...fact, differs: new Set(fact.values).size > 1 }))
    .toSorted(
      (a, b) => DIFFERENCE_KINDS.indexOf(a.kind) - DIFFERENCE_KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1),
    );
}

/** The values of a structure with the path to each. A list of plain values is one, since its places say little. */
function leaves(value: JsonValue, path: JsonPath = []): [JsonPath, string][] {
  if (Array.isArray(value)) {
    const list: readonly JsonValue[] = value;
    if (list.some((each) => typeof each === 'object' && each !== null))
      return list.flatMap((each, index) => leaves(each, [...path, index]));
  } else if (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([name, each]) => leaves(each, [...path, name]));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [[path, text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text]];
}
