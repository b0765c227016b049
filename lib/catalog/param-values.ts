/** Values against the form that edits them: do they fit, what do new ones begin with, which differ from the default. */

import type { JsonPath } from '../json/json-path';
import { stableJson } from '../hash';
import type { FieldShape, FormField, Json } from './params-form';

/** True where the widget of a shape can show the value as it is; what it cannot is edited as JSON. */
export function fitsShape(shape: FieldShape, value: Json): boolean {
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'switch':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value !== 'object' || value === null;
    case 'list':
      return Array.isArray(value);
    case 'object':
    case 'entries':
      return isRecord(value);
    case 'variants':
      return isRecord(value) && typeof value[shape.tag] === 'string';
    case 'either':
      return true;
    case 'json':
      return true;
  }
}

/** Which alternative of an `either` a value is; -1 where none fits. */
export function alternativeOf(options: readonly { readonly shape: FieldShape }[], value: Json): number {
  return options.findIndex(({ shape }) =>
    shape.kind === 'choice' ? shape.options.some((option) => option.value === value) : fitsShape(shape, value),
  );
}

/** What a new value of a shape begins with: the least that has its form. It may still be refused, and then says why. */
export function emptyValue(shape: FieldShape): Json {
  switch (shape.kind) {
    case 'text':
      return '';
    case 'number':
      return shape.min === undefined ? 0 : shape.above === true ? shape.min + 1 : shape.min;
    case 'switch':
      return false;
    case 'choice':
      return shape.options[0]?.value ?? '';
    case 'list':
      return Array.from({ length: shape.min }, () => emptyValue(shape.item));
    case 'object':
      return emptyFields(shape.fields);
    case 'entries':
      return {};
    case 'variants': {
      const [first] = shape.variants;
      return first === undefined ? {} : { [shape.tag]: first.value, ...emptyFields(first.fields) };
    }
    case 'either':
      return shape.options[0] === undefined ? null : emptyValue(shape.options[0].shape);
    case 'json':
      return {};
  }
}

/** The required ones among fields, each with what it begins with. */
export function emptyFields(fields: readonly FormField[]): { [name: string]: Json } {
  return Object.fromEntries(
    fields.filter(({ isRequired }) => isRequired).map(({ name, shape }) => [name, emptyValue(shape)]),
  );
}

/**
 * Places whose value differs from the default, from the top down: a structure that is always there is looked into, an
 * optional one counts as one. Fields that must be given have no default and never differ.
 */
export function changedPaths(fields: readonly FormField[], values: Json | undefined): readonly JsonPath[] {
  if (!isRecord(values)) return [];
  return fields.flatMap((field): readonly JsonPath[] => {
    const value = values[field.name];
    if (value === undefined) return [];
    if (looksInside(field)) {
      const inner = field.shape.kind === 'object' ? field.shape.fields : [];
      return isRecord(value) && !('$param' in value)
        ? changedPaths(inner, value).map((path) => [field.name, ...path])
        : [[field.name]];
    }
    return isChanged(field, value) ? [[field.name]] : [];
  });
}

/** True where a structure is always there, so that its fields say for themselves whether they differ. */
export function looksInside({ shape, isNullable, isOptional }: FormField): boolean {
  return shape.kind === 'object' && !isNullable && !isOptional;
}

/** True where a field's value is set and differs from its default. */
export function isChanged({ isRequired, default: initial }: FormField, value: Json | undefined): boolean {
  if (value === undefined || isRequired) return false;
  return initial === undefined || stableJson(value) !== stableJson(initial);
}

/** The name in `{ "$param": name }`, or undefined where the value is something else. */
export function boundParameter(value: Json | undefined): string | undefined {
  if (!isRecord(value)) return undefined;
  const name = value['$param'];
  return typeof name === 'string' ? name : undefined;
}

/** True for a JSON object. */
export function isRecord(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a place inside the parameters; undefined where there is none. */
export function valueAt(values: Json | undefined, path: JsonPath): Json | undefined {
  let value = values;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isRecord(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value;
}
