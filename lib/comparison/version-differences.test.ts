import { expect, it } from 'vitest';

import type { KeyParts } from '../pipeline/cache-key';
import { versionFacts, type KeyedStep } from './version-differences';

const digest = (digit: string) => digit.repeat(64);
const key = (more: Partial<KeyParts>): KeyParts => ({
  component: 'Trainer',
  version: 1,
  params: {},
  inputs: {},
  sources: {},
  ...more,
});

const version = (rate: number, file: string, features: KeyParts['params']): readonly KeyedStep[] => [
  {
    node: 'examples',
    key: key({ component: 'CsvExampleGen', sources: { inputBase: { 'taxi.csv': digest(file) } } }),
    schemas: [],
  },
  { node: 'schema', key: key({ component: 'SchemaGen' }), schemas: [digest('e')] },
  { node: 'transform', key: key({ component: 'Transform', params: { features } }), schemas: [] },
  { node: 'trainer', key: key({ params: { learningRate: rate, hiddenUnits: [64, 32] } }), schemas: [] },
];

it('tells data, schema, features, parameters and code of every version side by side', () => {
  const facts = versionFacts([
    version(0.1, 'a', { fare_z: { op: 'scaleToZScore' } }),
    version(0.2, 'b', { fare_z: { op: 'scaleToZScore' }, hour: { op: 'oneHot' } }),
  ]);
  expect(facts.filter(({ differs }) => differs)).toEqual([
    { kind: 'data', name: 'examples: inputBase taxi.csv', values: ['aaaaaaaa', 'bbbbbbbb'], differs: true },
    { kind: 'features', name: 'transform: features.hour.op', values: [null, 'oneHot'], differs: true },
    { kind: 'parameters', name: 'trainer: learningRate', values: ['0.1', '0.2'], differs: true },
  ]);
  expect(facts.filter(({ differs }) => !differs)).toContainEqual({
    kind: 'parameters',
    name: 'trainer: hiddenUnits',
    values: ['[64,32]', '[64,32]'],
    differs: false,
  });
  expect([...new Set(facts.map(({ kind }) => kind))]).toEqual(['data', 'schema', 'features', 'parameters', 'code']);
});
