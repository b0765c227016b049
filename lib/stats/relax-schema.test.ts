import { describe, expect, it } from 'vitest';

import { remediesFor, type Remedy } from '../artifact/anomaly-remedy';
import { parseSchemaText, type SchemaFeature } from '../artifact/data-schema';
import { relaxSchema } from './relax-schema';
import { type ToyFeature, toyStatistics } from './toy-statistics';
import { updateSchema } from './update-schema';
import { validateStatistics } from './validate-statistics';

const LISTED = `feature { name: "f" type: BYTES domain: "d" presence { min_count: 1 } }
  string_domain { name: "d" value: "A" value: "B" }`;
const RARE: ToyFeature = {
  type: 'STRING',
  ...{ present: 10, total: 10, values: [1, 1] },
  rank: [
    ['A', 6],
    ['B', 3],
    ['C', 1],
  ],
};

type Row = {
  readonly name: string;
  readonly schema: string;
  readonly feature?: ToyFeature;
  readonly environment?: string;
  readonly remedy: Remedy;
  readonly becomes: Partial<SchemaFeature>;
};

const ROWS: readonly Row[] = [
  {
    name: 'unlisted values may make up what they do, to the thousandth that the validator takes',
    ...{ schema: LISTED, feature: RARE, remedy: 'unlisted' },
    becomes: { domain: 'd', distributionConstraints: { minDomainMass: 0.899 } },
  },
  {
    name: 'any text is right once the list is gone',
    ...{ schema: LISTED, feature: RARE, remedy: 'anyValue' },
    becomes: { domain: undefined, stringDomain: undefined },
  },
  {
    name: 'any number is right once the range is gone',
    schema: 'feature { name: "f" type: INT int_domain { min: 0 max: 3 } }',
    ...{ feature: { present: 10, values: [1, 1], range: [0, 9] }, remedy: 'anyValue' },
    becomes: { intDomain: undefined },
  },
  {
    name: 'a column that is missing from all rows need not be there, and stays in the schema',
    schema: 'feature { name: "f" type: INT presence { min_fraction: 1 min_count: 1 } }',
    remedy: 'optional',
    becomes: { presence: { minFraction: 0, minCount: 0 } },
  },
  {
    name: 'what is optional has no shape, which would ask for it in every row',
    schema: 'feature { name: "f" type: INT presence { min_fraction: 1 } shape { dim { size: 1 } } }',
    ...{ feature: { missing: 4, present: 6, values: [1, 1] }, remedy: 'optional' },
    becomes: { presence: { minFraction: 0, minCount: 0 }, shape: undefined, valueCount: { min: 1, max: 1 } },
  },
  {
    name: 'a label is expected in other environments alone',
    schema:
      'default_environment: "TRAINING" default_environment: "SERVING" feature { name: "f" type: INT presence { min_count: 1 } }',
    ...{ environment: 'SERVING', remedy: 'elsewhere' },
    becomes: { notInEnvironment: ['SERVING'] },
  },
  {
    name: 'the type is that of the data, which the range of another type cannot bound',
    schema: 'feature { name: "f" type: INT int_domain { min: 0 max: 3 } }',
    ...{ feature: { type: 'FLOAT', present: 10, values: [1, 1], range: [0, 9.5] }, remedy: 'retype' },
    becomes: { type: 'FLOAT', intDomain: undefined },
  },
];

describe('a rule that data broke is loosened', () => {
  it.each(ROWS)('$name', ({ schema: text, feature, environment, remedy, becomes }) => {
    const schema = parseSchemaText(text);
    const others: ToyFeature = { present: 10, values: [1, 1] };
    const statistics = toyStatistics(10, { ...(feature === undefined ? {} : { f: feature }), other: others });
    const known = {
      ...schema,
      feature: [...schema.feature, ...parseSchemaText('feature { name: "other" type: INT }').feature],
    };
    const found = validateStatistics(statistics, known, { environment }).anomalyInfo;
    expect(found.map(({ key }) => key)).toEqual(['f']);
    const types = found.flatMap(({ value }) => value?.reason.flatMap(({ type }) => type ?? []) ?? []);
    expect(remediesFor(types, environment)).toContain(remedy);
    const options = { paths: new Set(['f']), environment };
    const loosened = updateSchema(relaxSchema(known, statistics, { ...options, remedy }), statistics, options);
    expect(loosened.feature[0]).toMatchObject(becomes);
    expect(loosened.feature[0]?.lifecycleStage).toBeUndefined();
    expect(validateStatistics(statistics, loosened, { environment }).anomalyInfo).toEqual([]);
  });

  it('leaves the schema alone where nothing is to be loosened', () => {
    const schema = parseSchemaText(LISTED);
    const options = { paths: new Set(['f', 'no such feature']), remedy: 'update' } as const;
    expect(relaxSchema(schema, toyStatistics(10, { f: RARE }), options)).toBe(schema);
  });

  it('offers another environment only where one was validated for', () => {
    expect(remediesFor(['SCHEMA_MISSING_COLUMN'], undefined)).toEqual(['update', 'optional']);
    expect(remediesFor(['SCHEMA_MISSING_COLUMN'], 'SERVING')).toEqual(['update', 'optional', 'elsewhere']);
    expect(remediesFor(['SCHEMA_NEW_COLUMN'], 'SERVING')).toEqual(['update']);
  });
});
