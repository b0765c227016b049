import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { hint } from './field-hints';
import { toLabel, unitOf } from './field-words';
import { COMPONENTS } from './index';
import { alternativeOf, changedPaths, emptyFields, emptyValue, fitsShape, isRecord, setValueAt } from './param-values';
import { describeParams, type FieldShape, type FormField, type Json } from './params-form';

const SPECS = Object.values(COMPONENTS).map((spec) => [spec.type, spec] as const);

function* everyField(fields: readonly FormField[]): Iterable<FormField> {
  for (const field of fields) {
    yield field;
    yield* inside(field.shape);
  }
}

function* inside(shape: FieldShape): Iterable<FormField> {
  if (shape.kind === 'object') yield* everyField(shape.fields);
  if (shape.kind === 'list' || shape.kind === 'entries') yield* inside(shape.item);
  if (shape.kind === 'variants') for (const { fields } of shape.variants) yield* everyField(fields);
  if (shape.kind === 'either') for (const option of shape.options) yield* inside(option.shape);
}

describe.each(SPECS)('the form of %s', (_type, spec) => {
  const fields = describeParams(spec.params);

  it('has a field for every parameter, each with a label, help and a widget of its own', () => {
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(spec.params.shape));
    for (const field of everyField(fields)) {
      expect(field.label, field.name).toMatch(/^[A-Z]/);
      expect(field.help, `help of ${field.name}`).not.toBe('');
      expect(field.shape.kind, `widget of ${field.name}`).not.toBe('json');
    }
  });

  it('knows the defaults: what it says holds is what an empty node gets', () => {
    const shape: { readonly [name: string]: z.ZodType } = spec.params.shape;
    const defaults = defaultsOf(fields);
    for (const { name, isRequired } of fields) {
      if (isRequired) continue;
      expect(shape[name]?.parse(defaults[name]), name).toEqual(shape[name]?.parse(undefined));
    }
    expect(changedPaths(fields, defaults)).toEqual([]);
  });

  it('offers a beginning for every optional structure that the component takes', () => {
    const shape: { readonly [name: string]: z.ZodType } = spec.params.shape;
    for (const { name, start } of fields)
      if (start !== undefined) expect(shape[name]?.safeParse(start).success, `start of ${name}`).toBe(true);
  });

  it('names only its own input ports as places where columns and splits arrive', () => {
    for (const field of everyField(fields)) {
      const shape = field.shape.kind === 'list' ? field.shape.item : field.shape;
      if (shape.kind !== 'text') continue;
      for (const origin of [shape.hints.columnOf, shape.hints.splitOf])
        if (origin !== undefined && origin !== 'source') expect(Object.keys(spec.inputs)).toContain(origin.input);
    }
  });
});

function defaultsOf(fields: readonly FormField[]): { [name: string]: Json } {
  const values: { [name: string]: Json } = {};
  for (const { name, default: initial, shape, isOptional, isRequired } of fields) {
    if (initial !== undefined) values[name] = initial;
    else if (shape.kind === 'object' && !isOptional && !isRequired) values[name] = defaultsOf(shape.fields);
  }
  return values;
}

const FUTURE = z.strictObject({
  label: z
    .string()
    .min(1)
    .meta(hint({ columnOf: { input: 'examples' }, group: 'Task' }))
    .describe('What is learnt.'),
  hiddenUnits: z.array(z.number().int().min(1)).default([100, 70, 50]).describe('Units of each layer.'),
  learningRate: z.number().gt(0).max(1).default(0.001).describe('Step size.'),
  earlyStopping: z
    .nullable(z.strictObject({ patience: z.number().int() }))
    .default(null)
    .describe('When to stop.'),
  classWeights: z.record(z.string(), z.number()).optional().describe('Weight of each class.'),
  timeoutMs: z.number().int().optional().describe('When to give up.'),
  batch: z
    .union([z.literal('auto'), z.number().int()])
    .default('auto')
    .describe('Rows of a step.'),
  features: z
    .record(
      z.string(),
      z.discriminatedUnion('op', [
        z.strictObject({ op: z.literal('scaleToZScore'), column: z.string(), fillMissing: z.number().optional() }),
        z.strictObject({
          op: z.enum(['oneHot', 'bucketize']),
          column: z.string(),
          depth: z.number().int().default(10),
        }),
      ]),
    )
    .default({})
    .describe('What is made of the columns.'),
  nested: z
    .strictObject({ top: z.number().default(3), deep: z.strictObject({ on: z.boolean().default(true) }).prefault({}) })
    .prefault({}),
  anything: z.json().optional(),
});

describe('a form of a component that is still to come', () => {
  const fields = describeParams(FUTURE);
  const field = (name: string) => {
    const found = fields.find((each) => each.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  it('has the widget of each kind of value', () => {
    expect(Object.fromEntries(fields.map(({ name, shape }) => [name, shape.kind]))).toEqual({
      label: 'text',
      hiddenUnits: 'list',
      learningRate: 'number',
      earlyStopping: 'either',
      classWeights: 'entries',
      timeoutMs: 'number',
      batch: 'either',
      features: 'entries',
      nested: 'object',
      anything: 'json',
    });
  });

  it('carries bounds, units, groups and columns', () => {
    expect(field('learningRate').shape).toMatchObject({ integer: false, min: 0, above: true, max: 1, below: false });
    expect(field('timeoutMs')).toMatchObject({ label: 'Timeout', shape: { unit: 'ms', integer: true } });
    expect(field('timeoutMs').shape).not.toHaveProperty('max');
    expect(field('label')).toMatchObject({
      group: 'Task',
      isRequired: true,
      shape: { hints: { columnOf: { input: 'examples' } } },
    });
  });

  it('tells variants apart by their tag', () => {
    const { shape } = field('features');
    const item = shape.kind === 'entries' ? shape.item : undefined;
    expect(item).toMatchObject({ kind: 'variants', tag: 'op' });
    expect(item?.kind === 'variants' ? item.variants.map(({ value }) => value) : []).toEqual([
      'scaleToZScore',
      'oneHot',
      'bucketize',
    ]);
    expect(item === undefined ? undefined : emptyValue(item)).toEqual({ op: 'scaleToZScore', column: '' });
  });

  it('finds which alternative a value is', () => {
    const options = (name: string) => {
      const { shape } = field(name);
      return shape.kind === 'either' ? shape.options : [];
    };
    expect(options('batch').map(({ label }) => label)).toEqual(['auto', 'Number']);
    expect(alternativeOf(options('batch'), 'auto')).toBe(0);
    expect(alternativeOf(options('batch'), 32)).toBe(1);
    expect(alternativeOf(options('earlyStopping'), null)).toBe(0);
    expect(alternativeOf(options('earlyStopping'), { patience: 2 })).toBe(1);
  });

  it('counts what differs from the default, inside structures that are always there too', () => {
    const values = { label: 'a', hiddenUnits: [100, 70, 50], learningRate: 0.01, nested: { deep: { on: false } } };
    expect(changedPaths(fields, values)).toEqual([['learningRate'], ['nested', 'deep', 'on']]);
    expect(changedPaths(fields, { earlyStopping: null, batch: 32, nested: { $param: 'x' } })).toEqual([
      ['batch'],
      ['nested'],
    ]);
  });

  it('takes out a structure that is always there when its last value goes back to the default', () => {
    const set = setValueAt(fields, { label: 'a' }, { path: ['nested', 'deep', 'on'], value: false });
    expect(set).toEqual({ label: 'a', nested: { deep: { on: false } } });
    expect(setValueAt(fields, set, { path: ['nested', 'deep', 'on'], value: undefined })).toEqual({ label: 'a' });
  });

  it('keeps the order of what is there, and what it does not know', () => {
    const before = { zzz: 1, label: 'a', batch: 'auto' };
    const after = setValueAt(fields, before, { path: ['label'], value: 'b' });
    expect(Object.entries(after)).toEqual([
      ['zzz', 1],
      ['label', 'b'],
      ['batch', 'auto'],
    ]);
    expect(
      setValueAt(fields, { features: { a: { op: 'oneHot' } } }, { path: ['features', 'a', 'depth'], value: 4 }),
    ).toEqual({
      features: { a: { op: 'oneHot', depth: 4 } },
    });
    expect(setValueAt(fields, { hiddenUnits: [1, 2] }, { path: ['hiddenUnits', 0], value: undefined })).toEqual({
      hiddenUnits: [2],
    });
  });

  it('begins required fields with the least that has their form', () => {
    expect(emptyFields(fields)).toEqual({ label: '' });
    for (const { shape } of fields) expect(fitsShape(shape, emptyValue(shape))).toBe(true);
    expect(isRecord(emptyValue(field('nested').shape))).toBe(true);
  });
});

it('edits a schema that contains itself as JSON at last', () => {
  type Tree = { children: Tree[] };
  const zTree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ children: z.array(zTree) }));
  let shape: FieldShape | undefined = describeParams(z.strictObject({ tree: zTree }))[0]?.shape;
  let depth = 0;
  while (shape !== undefined && shape.kind !== 'json' && depth < 50) {
    depth++;
    shape = shape.kind === 'list' ? shape.item : shape.kind === 'object' ? shape.fields[0]?.shape : undefined;
  }
  expect(shape?.kind).toBe('json');
  expect(depth).toBeGreaterThan(3);
});

it.each([
  ['numTopValues', 'Top values', undefined],
  ['maxLineBytes', 'Max line', 'bytes'],
  ['inputBase', 'Input base', undefined],
  ['AUC', 'AUC', undefined],
  ['learningRate', 'Learning rate', undefined],
  ['retryDelayMs', 'Retry delay', 'ms'],
  ['Ms', 'Ms', undefined],
  ['useTFRecord', 'Use TF record', undefined],
])('puts %s in words: %s', (name, label, unit) => {
  expect(toLabel(name)).toBe(label);
  expect(unitOf(name)).toBe(unit);
});
