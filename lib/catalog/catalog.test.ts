import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { ARTIFACT_TYPES } from '../artifact/artifact';
import type { ComponentSpec } from './component-spec';
import { CATEGORIES } from './component-spec';
import { COMPONENTS } from './index';
import { requiredParam } from './required-params';

const FOLDER = path.dirname(fileURLToPath(import.meta.url));
const SPECS: readonly (readonly [string, ComponentSpec])[] = Object.entries(COMPONENTS);

/** `CsvExampleGen` → `csv-example-gen`. */
const folderOf = (type: string): string => type.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

describe.each(SPECS)('the specification of %s', (key, spec) => {
  it('stands under its own type, in the folder of its name, with a README for users', () => {
    expect(spec.type).toBe(key);
    expect(existsSync(path.join(FOLDER, folderOf(key), 'spec.ts'))).toBe(true);
    expect(readFileSync(path.join(FOLDER, folderOf(key), 'README.md'), 'utf8').length).toBeGreaterThan(200);
  });

  it('says what it is for', () => {
    expect(spec.title).not.toBe('');
    expect(spec.summary).toMatch(/^[A-Z].{20,120}\.$/);
    expect(CATEGORIES).toContain(spec.category);
    expect(spec.version).toBeGreaterThanOrEqual(1);
  });

  it('has ports of known types, each with a line of its own, named once', () => {
    const ports = [...Object.entries(spec.inputs), ...Object.entries(spec.outputs)];
    for (const [name, port] of ports) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(ARTIFACT_TYPES).toContain(port.type);
      expect(port.summary).toMatch(/\.$/);
    }
    expect(Object.keys(spec.outputs)).not.toEqual([]);
    for (const port of Object.values(spec.outputs)) expect(port.multiple ?? port.gate).toBeUndefined();
    if (spec.resolves !== undefined) expect(spec.outputs[spec.resolves]?.optional).toBe(true);
  });

  it('explains every parameter, and refuses one that it does not know', () => {
    const schema = z.toJSONSchema(spec.params, { io: 'input' });
    expect(schema.additionalProperties).toBe(false);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      expect(property, name).toMatchObject({ description: expect.stringMatching(/\.$/) as unknown });
    }
  });

  it('accepts what its own defaults make', () => {
    const required = z.toJSONSchema(spec.params, { io: 'input' }).required ?? [];
    const parsed = spec.params.parse(Object.fromEntries(required.map((name) => [name, requiredParam(name)])));
    expect(spec.params.parse(parsed)).toEqual(parsed);
  });
});

it('every folder of the catalog is in the list', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(Object.keys(COMPONENTS).map(folderOf).toSorted());
});
