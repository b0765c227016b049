import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { compileTransform } from '../../lib/transform/apply-transform';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { cellsOf } from '../testing/read-csv';
import { runTransform, type TransformRun } from '../testing/run-transform';
import type { TestColumn } from '../testing/write-examples';
import { transform } from './transform';

/** Figures of the real TFT are compared with this relative tolerance. */
const TOLERANCE = 1e-6;

/**
 * TFT adds single-precision numbers up in single precision: of 2,998 latitudes around 41.9 whose deviation is 0.04 its
 * variance is off by 4e-5, and so are its z-scores. Ours is summed in double precision; the rule is compared with its constants.
 */
const COARSE_SUMS: ReadonlyMap<string, string> = new Map([['taxi-numeric', 'pickup_latitude']]);

const zCell = z.union([z.number(), z.string()]);
const zGolden = z.object({
  first_rows: z.record(z.string(), z.array(z.union([zCell, z.array(zCell)]))),
  same_in_every_row: z.record(z.string(), z.union([zCell, z.array(zCell)])).optional(),
  vocabularies: z.record(z.string(), z.array(z.string())),
  transformed_schema: z.array(
    z.object({
      name: z.string(),
      int_domain: z.object({ min: z.string().default('0'), max: z.string().default('0') }),
    }),
  ),
});

function golden(name: string) {
  return zGolden.parse(JSON.parse(readFileSync(sharedPath(`goldens/tft/${name}.json`), 'utf8')));
}

/** A cell of a golden as a list: sparse columns are lists already. */
const asList = (cell: unknown): readonly unknown[] =>
  cell === null || cell === undefined ? [] : Array.isArray(cell) ? cell : [cell];

function expectCells(actual: readonly unknown[] | undefined, expected: readonly unknown[], what: string): void {
  for (const [row, cell] of expected.entries()) {
    const want = asList(cell).map((value) => (typeof value === 'string' ? Number(value) : value));
    const got = asList(actual?.[row]);
    expect(got, `${what}, row ${row}`).toHaveLength(want.length);
    for (const [at, value] of want.entries()) {
      if (typeof value !== 'number' || !Number.isFinite(value)) expect(got[at], `${what}, row ${row}`).toEqual(value);
      else {
        const difference = Math.abs(Number(got[at]) - value);
        expect(difference, `${what}, row ${row}`).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(value)));
      }
    }
  }
}

type Features = TransformRun['features'];

/** The numeric columns of a golden: every op of the README of the goldens by its prefix. */
function numericFeatures(columns: readonly string[]): Features {
  return Object.fromEntries(
    columns.flatMap((column): [string, Features[string]][] => [
      [`z__${column}`, { op: 'scaleToZScore', column }],
      [`s01__${column}`, { op: 'scaleTo01', column }],
      [`smm__${column}`, { op: 'scaleByMinMax', column, outputMin: -1, outputMax: 3 }],
      [`b4__${column}`, { op: 'bucketize', column, numBuckets: 4 }],
      [`b10__${column}`, { op: 'bucketize', column, numBuckets: 10 }],
    ]),
  );
}

function csvColumns(
  file: string,
  rows: number,
  kinds: { readonly [column: string]: TestColumn['kind'] },
): TestColumn[] {
  const [header = [], ...lines] = cellsOf(readFileSync(sharedPath(file), 'utf8'));
  return Object.entries(kinds).map(([name, kind]) => ({
    name,
    kind,
    rows: lines.slice(0, rows).map((line) => {
      const text = line[header.indexOf(name)] ?? '';
      if (text === '') return null;
      return kind === 'STRING' ? text : kind === 'FLOAT' ? Math.fround(Number(text)) : Number(text);
    }),
  }));
}

describe.skipIf(!hasSharedData)('Transform against the real TFT', () => {
  it.each([
    {
      name: 'penguins-numeric',
      file: 'data/penguins/penguins.csv',
      rows: 334,
      kinds: { body_mass_g: 'FLOAT', culmen_depth_mm: 'FLOAT', culmen_length_mm: 'FLOAT', flipper_length_mm: 'FLOAT' },
    },
    {
      name: 'taxi-numeric',
      file: 'data/taxi/taxi.csv',
      rows: 3000,
      kinds: {
        fare: 'FLOAT',
        tips: 'FLOAT',
        trip_miles: 'FLOAT',
        pickup_latitude: 'FLOAT',
        trip_seconds: 'INT',
        trip_start_hour: 'INT',
        dropoff_community_area: 'INT',
      },
    },
  ] as const)('$name is equal', async ({ name, file, rows, kinds }) => {
    const { first_rows: first, same_in_every_row: same = {} } = golden(name);
    const result = await runTransform(transform, {
      features: numericFeatures(Object.keys(kinds)),
      splits: { train: csvColumns(file, rows, kinds) },
    });
    const coarse = COARSE_SUMS.get(name);
    for (const feature of Object.keys(numericFeatures(Object.keys(kinds)))) {
      if (feature !== `z__${String(coarse)}`)
        expectCells(result.rows['train']?.[feature], first[feature] ?? [], feature);
    }
    for (const step of result.graph.steps) {
      const { name: feature, op } = step;
      const column = feature.slice(feature.indexOf('__') + 2);
      if (op.type === 'z-score' && column === coarse) {
        const given = { mean: Number(same[`mean__${column}`]), variance: Number(same[`var__${column}`]) };
        expect(Math.abs(op.mean - given.mean)).toBeLessThan(TOLERANCE * given.mean);
        expect(Math.abs(op.variance - given.variance)).toBeLessThan(1e-4 * given.variance);
        const apply = compileTransform(
          { format: 'sluice.transform/1', steps: [{ ...step, op: { ...op, ...given } }] },
          new Map(),
        );
        const z = apply.batch(
          { [column]: (first[`input__${column}`] ?? []).map((cell) => (asList(cell)[0] as number) ?? null) },
          100,
        );
        expectCells(z[feature], first[feature] ?? [], feature);
      } else if (op.type === 'z-score')
        expectCells([op.mean, op.variance], [same[`mean__${column}`], same[`var__${column}`]], feature);
      if (op.type === 'min-max')
        expectCells([op.min, op.max], [same[`min__${column}`], same[`max__${column}`]], feature);
      if (op.type === 'buckets')
        expectCells([op.boundaries], [same[`quantiles${op.boundaries.length + 1}__${column}`]], feature);
    }
  });

  it.each([
    { name: 'constant-column', x: [3, 3, 3, 3, 3] },
    { name: 'empty-column', x: [null, null, null, null, null] },
    { name: 'with-nan', x: [1, Number.NaN, 2, 4, 3, Number.NaN, 10] },
  ])('$name is equal', async ({ name, x }) => {
    const { first_rows: first, same_in_every_row: same = {}, transformed_schema: schema } = golden(name);
    const result = await runTransform(transform, {
      features: {
        z: { op: 'scaleToZScore', column: 'x' },
        s01: { op: 'scaleTo01', column: 'x' },
        smm: { op: 'scaleByMinMax', column: 'x', outputMin: -2, outputMax: 2 },
        b3: { op: 'bucketize', column: 'x', numBuckets: 3 },
        q: { op: 'bucketize', column: 'x', numBuckets: 4 },
      },
      splits: { train: [{ name: 'x', kind: 'FLOAT', rows: x }] },
    });
    for (const feature of ['z', 's01', 'smm', 'b3'])
      expectCells(result.rows['train']?.[feature], first[feature] ?? [], feature);
    const quantiles = result.graph.steps.find((step) => step.name === 'q')?.op;
    expectCells([quantiles?.type === 'buckets' ? quantiles.boundaries : []], [same['q4']], 'quantiles');
    expectDomains(result.graph.steps, schema);
  });

  const VOCABULARIES: readonly {
    readonly name: string;
    readonly file: string;
    readonly rows: number;
    readonly column: string;
    readonly kind: TestColumn['kind'];
    readonly features: Features;
    readonly fill?: string;
  }[] = [
    {
      name: 'taxi-company-vocabulary',
      file: 'data/taxi/taxi.csv',
      rows: 3000,
      column: 'company',
      kind: 'STRING',
      features: textOps('company', { top: 8, threshold: 10 }),
    },
    {
      name: 'taxi-company-vocabulary-filled',
      file: 'data/taxi/taxi.csv',
      rows: 3000,
      column: 'company',
      kind: 'STRING',
      features: textOps('company', { top: 8, threshold: 10, fillMissing: '' }),
    },
    {
      name: 'taxi-payment-vocabulary',
      file: 'data/taxi/taxi.csv',
      rows: 3000,
      column: 'payment_type',
      kind: 'STRING',
      features: textOps('payment_type', { top: 3, threshold: 15 }),
    },
    {
      name: 'taxi-hour-vocabulary',
      file: 'data/taxi/taxi.csv',
      rows: 3000,
      column: 'trip_start_hour',
      kind: 'INT',
      features: numberOps('trip_start_hour'),
    },
    {
      name: 'penguins-species-vocabulary',
      file: 'data/penguins/penguins.csv',
      rows: 334,
      column: 'species',
      kind: 'INT',
      features: numberOps('species'),
    },
  ];

  it.each(VOCABULARIES)('$name is equal', async ({ name, file, rows, column, kind, features }) => {
    const { first_rows: first, vocabularies, transformed_schema: schema } = golden(name);
    const result = await runTransform(transform, {
      features,
      splits: { train: csvColumns(file, rows, { [column]: kind }) },
    });
    for (const feature of Object.keys(features)) {
      expect(first[feature], feature).toBeDefined();
      expectCells(result.rows['train']?.[feature], first[feature] ?? [], feature);
    }
    expect(result.tokens.get('vocab_all')).toEqual(vocabularies['all']);
    expectDomains(result.graph.steps, schema);
  });
});

type Sizes = { readonly top: number; readonly threshold: number; readonly fillMissing?: string };

function textOps(column: string, { top, threshold, fillMissing }: Sizes): Features {
  const source = { column, ...(fillMissing !== undefined && { fillMissing }) };
  const op = 'computeAndApplyVocabulary' as const;
  return {
    all: { op, ...source },
    [`top_${top}`]: { op, ...source, topK: top },
    [`top_${top}_oov_3`]: { op, ...source, topK: top, numOovBuckets: 3 },
    [`threshold_${threshold}`]: { op, ...source, frequencyThreshold: threshold },
    default_99: { op, ...source, topK: top, defaultValue: 99 },
    hash_10: { op: 'hashStrings', ...source, hashBuckets: 10 },
    hash_1000: { op: 'hashStrings', ...source, hashBuckets: 1000 },
  };
}

function numberOps(column: string): Features {
  const op = 'computeAndApplyVocabulary' as const;
  return {
    all: { op, column },
    top_2: { op, column, topK: 2 },
    top_2_oov_2: { op, column, topK: 2, numOovBuckets: 2 },
  };
}

function expectDomains(
  steps: readonly {
    readonly name: string;
    readonly domain?: { readonly min: number; readonly max: number } | undefined;
  }[],
  schema: z.infer<typeof zGolden>['transformed_schema'],
): void {
  let compared = 0;
  for (const { name, int_domain: domain } of schema) {
    const step = steps.find((each) => each.name === name);
    if (step === undefined) continue;
    compared++;
    expect(step.domain, name).toEqual({ min: Number(domain.min), max: Number(domain.max) });
  }
  expect(compared).toBeGreaterThan(0);
}
