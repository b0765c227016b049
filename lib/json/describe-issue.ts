/** What zod refuses, in plain words: the place, the value's kind or number against the limit, the nearest right word. */

import type * as z from 'zod';

import { didYouMean, listNames } from '../text/closest-word';
import type { JsonPath } from './json-path';
import { knownKeys } from './known-keys';

/** One refusal. `kind` tells a missing key, an unknown one and a wrong value apart. */
export type DescribedIssue = {
  readonly kind: 'missing' | 'unknown' | 'invalid';
  readonly path: JsonPath;
  /** True where nothing was given: the key is missing, or its text, list or object is empty and must not be. */
  readonly isAbsent: boolean;
  /** A full sentence; the last word of the path is in it. */
  readonly sentence: string;
};

/** Where an issue comes from: the value that was refused and the schema that refused it. */
export type IssueContext = {
  readonly value: unknown;
  readonly schema: z.ZodType;
  /** What a place is called; by default its key. */
  readonly nameOf?: ((path: JsonPath) => string) | undefined;
};

/** Describes every issue of a failed parse, in zod's order. Never throws, whatever the value. */
export function describeIssues(error: z.ZodError, context: IssueContext): readonly DescribedIssue[] {
  return error.issues.flatMap((issue) => describeIssue(issue, context));
}

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue, context: IssueContext): readonly DescribedIssue[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const value = valueAt(context.value, path);
  const name = (context.nameOf ?? nameOf)(path);
  const say = (kind: DescribedIssue['kind'], sentence: string): readonly DescribedIssue[] => [
    { kind, path, sentence, isAbsent: kind === 'missing' },
  ];
  const invalid = (rest: string) => say('invalid', `${name} ${rest}.`);
  const markAbsent = (described: DescribedIssue): DescribedIssue => ({ ...described, isAbsent: isNothing(value) });
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(context.schema, path);
      const where = path.length === 0 ? '' : ` in ${name}`;
      return issue.keys.map((key) => ({
        kind: 'unknown',
        isAbsent: false,
        path: [...path, key],
        sentence: `"${clip(key)}" is not known${where}.${didYouMean(key, known) || (known.length > 0 ? ` Known: ${listNames(known)}.` : '')}`,
      }));
    }
    case 'invalid_type':
      if (value === undefined) return say('missing', `${name} is missing: it must be ${plainType(issue.expected)}.`);
      return invalid(`is ${describeValue(value)}, but must be ${plainType(issue.expected)}`);
    case 'invalid_value': {
      const words = issue.values.map(String);
      if (value === undefined) return say('missing', `${name} is missing: it must be one of ${listNames(words, 20)}.`);
      const hint = typeof value === 'string' ? didYouMean(value, words) : '';
      const must = words.length === 1 ? `must be "${words[0] ?? ''}"` : `must be one of ${listNames(words, 20)}`;
      return say('invalid', `${name} is ${describeValue(value)}, but ${must}.${hint}`);
    }
    case 'too_small':
    case 'too_big':
      return invalid(describeLimit(issue, value)).map(markAbsent);
    case 'invalid_union':
      return describeUnion(issue, context, path);
    case 'invalid_key': {
      const inner = issue.issues[0]?.message;
      return say('invalid', `The name ${nameOf(path)} cannot be used: ${inner ?? 'it is not allowed'}.`);
    }
    case 'not_multiple_of':
      return invalid(`is ${describeValue(value)}, but must be a multiple of ${issue.divisor}`);
    case 'invalid_format':
    case 'invalid_element':
    case 'custom':
      return invalid(`cannot be used: ${issue.message.replace(/\.$/, '')}`).map(markAbsent);
  }
}

function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  context: IssueContext,
  path: JsonPath,
): readonly DescribedIssue[] {
  // The branch that got furthest is the one that was meant: none of its issues says that the whole kind is wrong.
  const branches = issue.errors.filter((issues) => !issues.some((inner) => inner.path.length === 0 && isKind(inner)));
  const meant = branches[0];
  if (meant !== undefined)
    return meant.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, context));
  const kinds = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => (inner.code === 'invalid_type' ? [plainType(inner.expected)] : [])),
  );
  const must = kinds.length === 0 ? 'has the wrong shape' : `must be ${[...new Set(kinds)].join(' or ')}`;
  const value = valueAt(context.value, path);
  const isAbsent = value === undefined;
  const is = isAbsent ? 'is missing: it' : `is ${describeValue(value)}, but`;
  const sentence = `${(context.nameOf ?? nameOf)(path)} ${is} ${must}.`;
  return [{ kind: isAbsent ? 'missing' : 'invalid', path, sentence, isAbsent }];
}

function isNothing(value: unknown): boolean {
  if (value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isKind(issue: Issue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

function describeLimit(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, value: unknown): string {
  const small = issue.code === 'too_small';
  const bound = String(small ? issue.minimum : issue.maximum);
  const least = small ? 'at least' : 'at most';
  if (typeof value === 'string') {
    if (value === '') return 'is empty';
    return `has ${value.length} characters, but may have ${least} ${bound}`;
  }
  if (Array.isArray(value)) return `has ${value.length} entries, but must have ${least} ${bound}`;
  if (typeof value !== 'number') return `must be ${least} ${bound}`;
  return `is ${value}, but must be ${issue.inclusive === false ? (small ? 'above' : 'below') : least} ${bound}`;
}

const PLAIN_TYPES: { readonly [expected: string]: string } = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  undefined: 'absent',
};

function plainType(expected: string): string {
  return PLAIN_TYPES[expected] ?? expected;
}

/** A value short enough for a sentence; lists and objects by their kind alone. */
function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `"${clip(value)}"`;
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : 'absent';
}

function clip(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

function nameOf(path: JsonPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'The document';
  return typeof last === 'number' ? `entry ${last + 1} of ${nameOf(path.slice(0, -1))}` : clip(last);
}

function valueAt(root: unknown, path: JsonPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
}
