import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { hasSharedData, sharedPath } from '../testing/shared-data';
import { runExecutor } from '../testing/run-executor';
import { csvExampleGen } from './csv-example-gen';

const zGolden = z.object({ rows: z.record(z.string(), z.number()) });

describe.skipIf(!hasSharedData)('CsvExampleGen on real data', () => {
  it.each([
    ['penguins-default', sharedPath('data', 'penguins', 'penguins.csv')],
    ['taxi-default', sharedPath('data', 'taxi', 'taxi.csv')],
  ])('puts as many rows into each split as TFX: %s', async (golden, inputBase) => {
    const expected = zGolden.parse(
      JSON.parse(await readFile(sharedPath('goldens', 'example-gen', `${golden}.json`), 'utf8')),
    );
    await using run = await runExecutor(csvExampleGen, { params: { inputBase }, inputs: {} });
    expect(run.facts.outputs.examples.properties['rows']).toEqual(expected.rows);
  });
});
