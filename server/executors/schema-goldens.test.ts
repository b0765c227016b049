import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { fromAnomalies } from '../../lib/artifact/anomalies';
import { parseSchemaText, writeSchemaText } from '../../lib/artifact/data-schema';
import type { StatisticsList } from '../../lib/artifact/statistics';
import { inferSchema } from '../../lib/stats/infer-schema';
import { updateSchema } from '../../lib/stats/update-schema';
import { validateStatistics } from '../../lib/stats/validate-statistics';
import { goldenStatistics, statisticsOfCsv, statisticsOfRows } from '../testing/csv-statistics';
import { independentMessage } from '../testing/independent-schema';
import { hasSharedData, sharedPath } from '../testing/shared-data';

const schemaGolden = (name: string) => readFile(sharedPath('goldens', 'tfdv-schema', `${name}.pbtxt`), 'utf8');

describe.skipIf(!hasSharedData)('a schema inferred from statistics equals that of TFDV', () => {
  const names = [
    'penguins',
    'penguins-skewed',
    'penguins-missing',
    'penguins-nan-inf',
    'penguins-header-only',
    'penguin-text',
    'taxi',
    'taxi-weighted',
    'taxi-categorical-int',
    'taxi-example-gen-train',
    'taxi-example-gen-eval',
  ];

  it.each(names)('%s', async (name) => {
    const statistics = await goldenStatistics(name);
    expect(writeSchemaText(inferSchema(statistics))).toBe(await schemaGolden(name));
    const noShape = inferSchema(statistics, { inferFeatureShape: false });
    expect(writeSchemaText(noShape)).toBe(await schemaGolden(`${name}.no-shape`));
  });

  it.each([
    ['penguin-text', 1],
    ['penguin-text', 2],
    ['penguin-text', 3],
    ['penguin-text', 333],
    ['penguin-text', 334],
    ['taxi', 1],
    ['taxi', 10],
    ['taxi', 32],
    ['taxi', 33],
    ['taxi', 34],
    ['taxi', 2000],
  ])('%s with at most %d texts in a domain', async (name, maxStringDomainSize) => {
    const schema = inferSchema(await goldenStatistics(name), { maxStringDomainSize });
    expect(writeSchemaText(schema)).toBe(await schemaGolden(`${name}.domain-${maxStringDomainSize}`));
  });

  it.each([
    ['penguins', 'penguin-text'],
    ['penguins', 'penguins-missing'],
    ['penguins', 'penguins-nan-inf'],
    ['taxi-example-gen-train', 'taxi-example-gen-eval'],
  ])('%s, updated with %s', async (first, second) => {
    const updated = updateSchema(inferSchema(await goldenStatistics(first)), await goldenStatistics(second));
    expect(writeSchemaText(updated)).toBe(await schemaGolden(`${first}.updated-with.${second}`));
  });
});

const zCase = z.object({
  statistics_of: z.string(),
  environment: z.string().nullable(),
  anomalies: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});

const known = new Map<string, Promise<StatisticsList>>();

/** As `case.json` names them: a file, or some rows of one. A file without rows has no examples to compute from. */
function statisticsNamed(name: string): Promise<StatisticsList> {
  const found = known.get(name);
  if (found !== undefined) return found;
  const computed = compute(name);
  known.set(name, computed);
  return computed;
}

function compute(name: string): Promise<StatisticsList> {
  if (name.endsWith('header-only.csv')) return goldenStatistics('penguins-header-only');
  const [, file = name, from, to] = /^(\S+) rows (\d+)\.\.(\d+)$/.exec(name) ?? [];
  const place = file.startsWith('inputs/')
    ? sharedPath('goldens', ...file.split('/'))
    : sharedPath('data', file.startsWith('taxi') ? 'taxi' : 'penguins', file);
  return from === undefined ? statisticsOfCsv(place) : statisticsOfRows(place, Number(from), Number(to) + 1);
}

/** Comparators with a control dataset and constraints of the dataset are not checked yet. */
const WAITS = /^(?:drift-(?!and-skew-without)|skew-|taxi-drift|num-examples|m(?:in|ax)-examples)/;

const CASES = hasSharedData
  ? (await readdir(sharedPath('goldens', 'tfdv-anomalies'))).filter((name) => !WAITS.test(name))
  : [];

describe.skipIf(!hasSharedData)('the anomalies of a CSV file equal those of TFDV', () => {
  const anomaliesMessage = independentMessage('Anomalies');

  it('for more than forty cases', () => {
    expect(CASES.length).toBeGreaterThan(40);
  });

  it.each(CASES)('%s', async (name) => {
    const place = (file: string) => sharedPath('goldens', 'tfdv-anomalies', name, file);
    const golden = zCase.parse(JSON.parse(await readFile(place('case.json'), 'utf8')));
    const schemaText = await readFile(place('schema.pbtxt'), 'utf8');
    const schema = parseSchemaText(schemaText);
    const statistics = await statisticsNamed(golden.statistics_of);
    const environment = golden.environment ?? undefined;
    if (golden.error !== undefined) {
      expect(() => validateStatistics(statistics, schema, { environment })).toThrow('not found in the schema');
      return;
    }

    const anomalies = validateStatistics(statistics, schema, { environment });
    expect(anomalies.baseline).toEqual(schema);
    const { baseline: _, ...found } = anomalies;
    expect(anomaliesMessage.read(fromAnomalies(found))).toEqual(golden.anomalies);

    const updated = updateSchema(schema, statistics, { environment });
    expect(validateStatistics(statistics, updated, { environment }).anomalyInfo).toEqual([]);
    // The golden schemas were updated without an environment.
    if (environment !== undefined) return;
    const updatedFile = place('updated_schema.pbtxt');
    const expected = existsSync(updatedFile) ? await readFile(updatedFile, 'utf8') : schemaText;
    expect(writeSchemaText(updated)).toBe(expected);
  });
});
