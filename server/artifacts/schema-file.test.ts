import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { fromAnomalies, toAnomalies } from '../../lib/artifact/anomalies';
import { fromSchema, parseSchemaText, toSchema, writeSchemaText } from '../../lib/artifact/data-schema';
import { independentMessage } from '../testing/independent-schema';
import { hasSharedData, sharedPath } from '../testing/shared-data';

const GOLDENS = hasSharedData
  ? readdirSync(sharedPath('goldens', 'tfdv-schema')).filter((file) => file.endsWith('.pbtxt'))
  : [];

/** Names of every field of every message that stands in some example. */
function fieldNames(value: unknown, into = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return into;
  for (const [name, child] of Object.entries(value)) {
    if (!Array.isArray(value)) into.add(name);
    fieldNames(child, into);
  }
  return into;
}

describe('the wire form', () => {
  const schema = independentMessage('Schema');
  const anomalies = independentMessage('Anomalies');

  it('of a schema is the same to an independent reader, whatever is set', () => {
    const examples = schema.examples(6);
    expect(fieldNames(examples).size).toBeGreaterThan(100);
    for (const example of examples) {
      const theirs = schema.write(example);
      expect(schema.read(fromSchema(toSchema(theirs)))).toEqual(schema.read(theirs));
    }
  });

  it('of anomalies is the same to an independent reader, whatever is set', () => {
    for (const example of anomalies.examples(4)) {
      const theirs = anomalies.write(example);
      expect(anomalies.read(fromAnomalies(toAnomalies(theirs)))).toEqual(anomalies.read(theirs));
    }
  });

  it('survives the text form, whatever is set', () => {
    for (const example of schema.examples(6)) {
      const value = toSchema(schema.write(example));
      expect(parseSchemaText(writeSchemaText(value))).toEqual(value);
    }
  });
});

describe.skipIf(!hasSharedData)('a schema.pbtxt', () => {
  it.each(GOLDENS)('%s of TFDV is written again to the letter', (file) => {
    const text = readFileSync(sharedPath('goldens', 'tfdv-schema', file), 'utf8');
    expect(writeSchemaText(parseSchemaText(text))).toBe(text);
  });

  it.each(['taxi', 'penguins'])("written by hand for TFX's %s example loads unchanged and loses nothing", (folder) => {
    const text = readFileSync(sharedPath('data', folder, 'schema.pbtxt'), 'utf8');
    const lines = (of: string) =>
      of
        .split('\n')
        .map((line) => line.replace(/#.*/, '').trim())
        .filter((line) => line !== '')
        .toSorted();
    const written = writeSchemaText(parseSchemaText(text));
    expect(lines(written)).toEqual(lines(text));
    expect(parseSchemaText(written)).toEqual(parseSchemaText(text));
  });
});
