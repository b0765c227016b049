/** Why two keys differ, named so that a person knows what they changed: the field with both values, the file with both digests. */

import type { JsonValue } from '../hash';
import { digestOf, stableJson } from '../hash';
import { formatJsonPath, type JsonPath } from '../json/json-path';
import type { KeyParts } from './cache-key';

/** One difference between two node runs. `before` and `now` are short texts: a value, or the first digits of a digest. */
export type KeyDifference = {
  readonly kind: 'component' | 'version' | 'param' | 'file' | 'input';
  /** The parameter's path, the file's name below its parameter, or the port. */
  readonly name: string;
  /** For `file`: the parameter that points to it. */
  readonly param?: string;
  readonly before?: string;
  readonly now?: string;
};

/** Every difference, those a person is most likely to have made first: files, parameters, inputs, version. */
export function keyDifferences(before: KeyParts, now: KeyParts): readonly KeyDifference[] {
  if (before.component !== now.component)
    return [{ kind: 'component', name: 'component', before: before.component, now: now.component }];
  const differences: KeyDifference[] = [];
  for (const param of namesOf(before.sources, now.sources)) {
    const old = before.sources[param] ?? {};
    const current = now.sources[param] ?? {};
    for (const name of namesOf(old, current))
      if (old[name] !== current[name])
        differences.push({ kind: 'file', param, name, ...both(shortDigest(old[name]), shortDigest(current[name])) });
  }
  for (const { path, before: old, now: current } of valueDifferences(before.params, now.params, []))
    differences.push({ kind: 'param', name: formatJsonPath(path), ...bothValues(old, current) });
  for (const port of namesOf(before.inputs, now.inputs)) {
    const old = before.inputs[port];
    const current = now.inputs[port];
    if (stableJson(old ?? null) !== stableJson(current ?? null))
      differences.push({ kind: 'input', name: port, ...both(shortDigests(old), shortDigests(current)) });
  }
  if (before.version !== now.version)
    differences.push({ kind: 'version', name: now.component, ...both(`${before.version}`, `${now.version}`) });
  return differences;
}

/**
 * The differences as the end of a sentence: `topK is 200 now and was 100`, `inputBase's file taxi.csv changed:
 * 1a2b3c4d… → 3c4d5e6f…`. Names the first three and counts the rest. Undefined when the keys are equal.
 */
export function explainKeyDifference(before: KeyParts, now: KeyParts): string | undefined {
  const differences = keyDifferences(before, now);
  if (differences.length === 0) return undefined;
  const named = differences.slice(0, NAMED).map(describe);
  const rest = differences.length - named.length;
  if (rest > 0) named.push(`${rest} more ${rest === 1 ? 'thing' : 'things'} changed`);
  return named.length === 1 ? named.join('') : `${named.slice(0, -1).join(', ')}, and ${named.slice(-1).join('')}`;
}

/** Why a Resolver finds another model than it did, as the end of a sentence. Undefined where it is the same one. */
export function explainResolved(
  before: readonly string[] | undefined,
  now: readonly string[] | undefined,
): string | undefined {
  const [old, current] = [shortDigests(before), shortDigests(now)];
  if (old === current) return undefined;
  if (old === undefined) return `there is a blessed model now: ${current ?? ''}`;
  if (current === undefined) return `there is no other blessed model any more: it was ${old}`;
  return `the latest blessed model is another one: ${old} → ${current}`;
}

/** Differences that a sentence names; more of them make no reason that anybody reads. */
const NAMED = 3;

function describe({ kind, name, param, before, now }: KeyDifference): string {
  switch (kind) {
    case 'component':
      return `it is a ${now ?? ''} now and was a ${before ?? ''}`;
    case 'version':
      return `${name} is version ${now ?? ''} now and was ${before ?? ''}`;
    case 'file':
      if (before === undefined) return `${param ?? ''}'s file ${name} is new: ${now ?? ''}`;
      if (now === undefined) return `${param ?? ''}'s file ${name} is gone: it was ${before}`;
      return `${param ?? ''}'s file ${name} changed: ${before} → ${now}`;
    case 'param':
      return `${name} is ${now ?? 'not set'} now and was ${before ?? 'not set'}`;
    case 'input':
      if (before === undefined) return `its input ${name} is wired now: ${now ?? ''}`;
      if (now === undefined) return `its input ${name} is not wired any more: it was ${before}`;
      return `its input ${name} changed: ${before} → ${now}`;
  }
}

type ValueDifference = {
  readonly path: JsonPath;
  readonly before: JsonValue | undefined;
  readonly now: JsonValue | undefined;
};

/** The deepest places where two values differ. Lists of different length differ as a whole. */
function valueDifferences(
  before: JsonValue | undefined,
  now: JsonValue | undefined,
  path: JsonPath,
): readonly ValueDifference[] {
  if (Array.isArray(before) && Array.isArray(now) && before.length === now.length) {
    const old: readonly JsonValue[] = before;
    const current: readonly JsonValue[] = now;
    return old.flatMap((item, index) => valueDifferences(item, current[index], [...path, index]));
  }
  if (isObject(before) && isObject(now))
    return namesOf(before, now).flatMap((key) => valueDifferences(before[key], now[key], [...path, key]));
  return stableJson(before ?? null) === stableJson(now ?? null) && (before === undefined) === (now === undefined)
    ? []
    : [{ path, before, now }];
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesOf(a: object, b: object): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort((x, y) => (x < y ? -1 : 1));
}

/** Longest value that is shown in a sentence; a longer one (code, a list) is named by its digest. */
const LONGEST_VALUE = 60;

function bothValues(before: JsonValue | undefined, now: JsonValue | undefined) {
  return both(shortValue(before), shortValue(now));
}

function shortValue(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : shortDigest(digestOf(value));
}

function both(before: string | undefined, now: string | undefined) {
  return { ...(before !== undefined && { before }), ...(now !== undefined && { now }) };
}

/** The first eight digits of a digest, as people compare them: `1a2b3c4d…`. */
function shortDigest(digest: string): string;
function shortDigest(digest: string | undefined): string | undefined;
function shortDigest(digest: string | undefined): string | undefined {
  return digest === undefined ? undefined : `${digest.slice(0, 8)}…`;
}

function shortDigests(digests: readonly string[] | undefined): string | undefined {
  if (digests === undefined || digests.length === 0) return undefined;
  return digests.map((digest) => shortDigest(digest)).join(', ');
}
