/**
 * What zod refuses in a component's parameters, in the words of their form: a field by its name, what is missing as what a
 * person is to do. The exact place in the file is the issue's path.
 */

import * as z from 'zod';

import type { JsonValue } from '../hash';
import { describeIssues, type DescribedIssue } from '../json/describe-issue';
import type { JsonPath } from '../json/json-path';
import { didYouMean, listNames } from '../text/closest-word';
import { fieldsInside, valueAt } from './param-values';
import { describeParams, type FieldShape, type FormField } from './params-form';

/** Every refusal of a failed parse of parameters, in zod's order. */
export function describeParamIssues(error: z.ZodError, params: ParamsOf): readonly DescribedIssue[] {
  const nameOf = (path: JsonPath) => nameIn(placeAt(params, path), path);
  return describeIssues(error, { value: params.value, schema: params.schema, nameOf }).map((issue) => {
    const place = placeAt(params, issue.path);
    const sentence = issue.isAbsent ? askFor(place) : misnamed(issue, place, params);
    return sentence === undefined ? issue : { ...issue, sentence };
  });
}

/** The label of the field at a place: `Top values`, `entry 2 of Analyze`. */
export function paramLabel(params: ParamsOf, path: JsonPath): string {
  return labelOf(placeAt(params, path), path);
}

/** Parameters, and the schema that they are held to. */
export type ParamsOf = { readonly schema: z.ZodType; readonly value: { readonly [name: string]: JsonValue } };

const zValues = z.record(z.string(), z.json());

/** What stands at a place in the form. */
type Place = {
  /** Undefined where the form has no such place. */
  readonly shape: FieldShape | undefined;
  /** Of the field, or of the field whose entry it is. */
  readonly label: string;
  /** Whose it is: ` "fare_z"`, ` entry 2 of "Slicing specs"`; empty at the top. */
  readonly owner: string;
  /** Counted from 0, where it is an entry of a list. */
  readonly index?: number;
};

function placeAt({ schema, value: given }: ParamsOf, path: JsonPath): Place {
  const value = zValues.parse(given);
  let fields: readonly FormField[] = describeParams(schema);
  let place: Place = { shape: undefined, label: '', owner: '' };
  for (const [at, step] of path.entries()) {
    const { shape, label, owner } = place;
    const here = valueAt(value, path.slice(0, at + 1));
    if (shape?.kind === 'list')
      place = { shape: shape.item, label, owner: `entry ${Number(step) + 1} of "${label}"`, index: Number(step) };
    else if (shape?.kind === 'entries')
      place = { shape: shape.item, label: String(step), owner: `"${clip(String(step))}"` };
    else if (shape?.kind === 'variants' && step === shape.tag)
      place = { shape, label: sentenceCase(String(step)), owner };
    else {
      const field = fields.find(({ name }) => name === step);
      place = { shape: field?.shape, label: field?.label ?? String(step), owner };
    }
    fields = fieldsInside(place.shape, here);
  }
  return place;
}

function labelOf({ label, index, owner }: Place, path: JsonPath): string {
  if (index !== undefined) return owner.replaceAll('"', '');
  return label === '' ? String(path.at(-1) ?? 'The parameters') : clip(label);
}

/** A field by its key, where that reads like its label; else by both. */
function nameIn(place: Place, path: JsonPath): string {
  const label = labelOf(place, path);
  const key = path.at(-1);
  if (typeof key !== 'string' || place.index !== undefined) return label;
  return label.replaceAll(' ', '').toLowerCase() === key.toLowerCase() ? clip(key) : `${label} (${clip(key)})`;
}

/** What a person is to do where nothing is given; undefined where the form has no such place. */
function askFor({ shape, label, owner, index }: Place): string | undefined {
  if (shape === undefined) return undefined;
  if (index !== undefined) return `Fill in ${owner}, or remove it.`;
  const of = owner === '' ? '' : ` of ${owner}`;
  const to = owner === '' ? '' : ` for ${owner}`;
  switch (shape.kind) {
    case 'text': {
      if (shape.hints.ask !== undefined) return shape.hints.ask;
      const what = shape.hints.columnOf === undefined ? undefined : 'column';
      if (what === undefined) return `Fill in "${label}"${of}.`;
      return label.toLowerCase() === what ? `Choose a ${what}${to}.` : `Choose a ${what} for "${label}"${of}.`;
    }
    case 'number':
      return `Enter a ${shape.integer ? 'whole number' : 'number'} for "${label}"${of}.`;
    case 'switch':
      return `Say whether "${label}"${of} is on or off.`;
    case 'choice':
      return `Choose ${withArticle(label)}${to}: one of ${listNames(
        shape.options.map((option) => option.label),
        20,
      )}.`;
    case 'variants':
      return `Choose ${withArticle(sentenceCase(shape.tag))}${to}: one of ${listNames(tagsOf(shape), 20)}.`;
    case 'list':
      return atLeast(Math.max(1, shape.min), label, of);
    case 'entries':
      return atLeast(1, label, of);
    case 'object':
    case 'either':
    case 'json':
      return `Fill in "${label}"${of}.`;
  }
}

function atLeast(count: number, label: string, of: string): string {
  const many = count === 1 ? 'one' : String(count);
  // "Features" holds features; what "Analyze" holds has no name of its own.
  if (!/[a-z]s$/.test(label)) return `Add at least ${many} ${count === 1 ? 'entry' : 'entries'} to "${label}"${of}.`;
  const plural = `${label.slice(0, 1).toLowerCase()}${label.slice(1)}`;
  return `Add at least ${many} ${count === 1 ? plural.slice(0, -1) : plural}${of === '' ? '' : ` to ${of.slice(4)}`}.`;
}

/** A tag that no variant has: which there are, and which was meant. */
function misnamed(issue: DescribedIssue, { shape, label }: Place, { value }: ParamsOf): string | undefined {
  if (shape?.kind !== 'variants' || issue.kind !== 'invalid' || issue.path.at(-1) !== shape.tag) return undefined;
  const given = valueAt(zValues.parse(value), issue.path);
  if (typeof given !== 'string') return undefined;
  const known = tagsOf(shape);
  return `There is no ${label.toLowerCase()} "${clip(given)}".${didYouMean(given, known) || ` Known: ${listNames(known, 20)}.`}`;
}

function tagsOf({ variants }: Extract<FieldShape, { kind: 'variants' }>): readonly string[] {
  return variants.map((variant) => variant.value);
}

function withArticle(label: string): string {
  const words = /^[A-Z][a-z]/.test(label) ? `${label.slice(0, 1).toLowerCase()}${label.slice(1)}` : label;
  return `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;
}

function sentenceCase(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function clip(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
