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
export function looksInside({ shape, isOptional }: FormField): boolean {
  return shape.kind === 'object' && !isOptional;
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

/**
 * Sets the value at a place, or removes it (so that its default holds) where it is undefined. A structure that is always
 * there and has nothing left in it is removed too, as a person would write it.
 */
export function setValueAt(
  fields: readonly FormField[],
  values: { readonly [name: string]: Json },
  { path, value }: { readonly path: JsonPath; readonly value: Json | undefined },
): { [name: string]: Json } {
  const [key, ...inner] = path;
  if (key === undefined) return { ...values };
  const name = String(key);
  const field = fields.find((each) => each.name === name);
  const before = Object.hasOwn(values, name) ? values[name] : undefined;
  const after = setInShape(field?.shape, before, { path: inner, value });
  const isEmptied = field !== undefined && looksInside(field) && inner.length > 0 && isRecord(after) && isEmpty(after);
  return withEntry(values, name, isEmptied ? undefined : after);
}

type Setting = { readonly path: JsonPath; readonly value: Json | undefined };

function setInShape(shape: FieldShape | undefined, before: Json | undefined, setting: Setting): Json | undefined {
  const [key, ...path] = setting.path;
  if (key === undefined) return setting.value;
  if (Array.isArray(before)) {
    const index = Number(key);
    const item = setInShape(shape?.kind === 'list' ? shape.item : undefined, before[index], { ...setting, path });
    if (item === undefined) return before.filter((_, at) => at !== index);
    return index < before.length ? before.with(index, item) : [...before, item];
  }
  const record = isRecord(before) ? before : {};
  if (shape?.kind === 'entries') {
    const name = String(key);
    const inner = setInShape(shape.item, Object.hasOwn(record, name) ? record[name] : undefined, { ...setting, path });
    return withEntry(record, name, inner);
  }
  return setValueAt(fieldsInside(shape, record), record, setting);
}

/** The fields of a structure as it is now: those of its variant, where a tag tells variants apart. */
export function fieldsInside(shape: FieldShape | undefined, value: Json | undefined): readonly FormField[] {
  if (shape?.kind === 'object') return shape.fields;
  if (shape?.kind === 'variants' && isRecord(value))
    return shape.variants.find((variant) => variant.value === value[shape.tag])?.fields ?? [];
  if (shape?.kind === 'either' && value !== undefined)
    return fieldsInside(shape.options[alternativeOf(shape.options, value)]?.shape, value);
  return [];
}

function withEntry(record: { readonly [name: string]: Json }, name: string, value: Json | undefined) {
  // The order of the keys stays as the person wrote it.
  if (value !== undefined) return { ...record, [name]: value };
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
}

function isEmpty(record: { readonly [name: string]: Json }): boolean {
  return Object.keys(record).length === 0;
}
