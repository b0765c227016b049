import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import type { schemaGenSpec } from '../../lib/catalog/schema-gen/spec';
import { runExecutor } from '../testing/run-executor';
import { splitStatistics } from '../testing/split-statistics';
import { schemaGen } from './schema-gen';

const ROWS = { train: 'city,age\nBern,3\nBasel,4\n', eval: 'city,age\nBern,\nChur,5\n' };

async function schemaOf(
  csvBySplit: { readonly [split: string]: string },
  params: z.input<(typeof schemaGenSpec)['params']> = {},
) {
  await using statistics = await splitStatistics(csvBySplit);
  await using run = await runExecutor(schemaGen, { params, inputs: { statistics: statistics.artifact } });
  const text = await readFile(path.join(run.folders.schema, 'schema.pbtxt'), 'utf8');
  return { text, properties: run.facts.outputs.schema.properties, log: run.log };
}

describe('SchemaGen', () => {
  it('infers from the first split and widens with the others', async () => {
    const { text, properties } = await schemaOf(ROWS);
    expect(text).toBe(`feature {
  name: "city"
  type: BYTES
  domain: "city"
  presence {
    min_fraction: 1.0
    min_count: 1
  }
  shape {
    dim {
      size: 1
    }
  }
}
feature {
  name: "age"
  type: INT
  presence {
    min_fraction: 0.5
    min_count: 1
  }
}
string_domain {
  name: "city"
  value: "Basel"
  value: "Bern"
  value: "Chur"
}
`);
    expect(properties).toEqual({ featureCount: 2 });
  });

  it('leaves splits out, and says so of one that does not exist', async () => {
    const { text, log } = await schemaOf(ROWS, { excludeSplits: ['eval', 'test'] });
    expect(text).not.toContain('Chur');
    expect(log).toEqual([{ level: 'warning', message: 'There is no split "test" to leave out.' }]);
  });

  it('writes a value count instead of a shape, and no list of too many texts, when told so', async () => {
    const { text } = await schemaOf(ROWS, {
      inferFeatureShape: false,
      maxStringDomainSize: 1,
      excludeSplits: ['eval'],
    });
    expect(text).not.toContain('shape');
    expect(text).not.toContain('string_domain');
    expect(text).toContain('  value_count {\n    min: 1\n    max: 1\n  }\n  type: BYTES\n');
  });

  it('refuses to leave out every split', async () => {
    await expect(schemaOf(ROWS, { excludeSplits: ['eval', 'train'] })).rejects.toThrow(
      'excludeSplits leaves out every split: train, eval.',
    );
  });
});
