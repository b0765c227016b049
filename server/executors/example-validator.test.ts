import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { toAnomalies } from '../../lib/artifact/anomalies';
import type { exampleValidatorSpec } from '../../lib/catalog/example-validator/spec';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { splitStatistics } from '../testing/split-statistics';
import { tempFolder } from '../testing/temp-folder';
import { exampleValidator } from './example-validator';

const ROWS = { train: 'age,label\n3,1\n4,0\n', eval: 'age,size\n5,x\n' };
const SCHEMA = `
  feature { name: "age" type: INT presence { min_count: 1 } }
  feature { name: "label" type: INT presence { min_count: 1 } not_in_environment: "SERVING" }
  default_environment: "TRAINING"
  default_environment: "SERVING"
`;

async function validated(params: z.input<(typeof exampleValidatorSpec)['params']> = {}, schemaText = SCHEMA) {
  using folder = tempFolder();
  await writeFile(path.join(folder.path, 'schema.pbtxt'), schemaText);
  await using statistics = await splitStatistics(ROWS);
  await using run = await runExecutor(exampleValidator, {
    params,
    inputs: { statistics: statistics.artifact, schema: artifactFrom('Schema', folder.path, {}) },
  });
  const { properties } = run.facts.outputs.anomalies;
  const types: { [split: string]: readonly (readonly (string | undefined)[])[] } = {};
  for (const split of z.array(z.string()).parse(properties['splitNames'])) {
    const bytes = await readFile(path.join(run.folders.anomalies, `Split-${split}`, 'SchemaDiff.pb'));
    types[split] = toAnomalies(bytes).anomalyInfo.map(({ key, value }) => [
      key,
      ...(value?.reason ?? []).map(({ type }) => type),
    ]);
  }
  return { properties, types };
}

describe('ExampleValidator', () => {
  it('writes the anomalies of every split and blesses those without any', async () => {
    const { properties, types } = await validated();
    expect(types).toEqual({
      train: [],
      eval: [
        ['label', 'SCHEMA_MISSING_COLUMN'],
        ['size', 'SCHEMA_NEW_COLUMN'],
      ],
    });
    expect(properties).toEqual({
      splitNames: ['train', 'eval'],
      span: 0,
      blessed: { train: 1, eval: 0 },
      anomalies: { train: 0, eval: 2 },
      anomalyCount: 2,
    });
  });

  it('validates for one environment', async () => {
    const { types } = await validated({ environment: 'SERVING', excludeSplits: ['train'] });
    expect(types).toEqual({ eval: [['size', 'SCHEMA_NEW_COLUMN']] });
  });

  it('refuses an environment that the schema does not have', async () => {
    await expect(validated({ environment: 'STAGING' })).rejects.toThrow(
      'The environment STAGING was not found in the schema. It has TRAINING, SERVING.',
    );
  });
});
