import { describe, expect, it } from 'vitest';

import { zArtifactRef } from '../artifact/artifact';
import { emptyRun, type NodeSnapshot, type RunSnapshot } from './fold-run';
import {
  artifactHeadline,
  keptPlan,
  nodeHeadline,
  nodeStateWords,
  planWords,
  runStateWords,
  splitCounts,
} from './run-words';

const examples = zArtifactRef.parse({
  id: 'art_0123456789abcdef',
  type: 'Examples',
  digest: 'a'.repeat(64),
  uri: 'examples/x',
  sizeBytes: 1,
  properties: {
    splitNames: ['train', 'eval'],
    rows: { eval: 3_333, train: 6_667 },
    rowCount: 10_000,
    featureCount: 14,
  },
});
const anomalies = zArtifactRef.parse({
  ...examples,
  id: 'art_0123456789abcdee',
  type: 'ExampleAnomalies',
  properties: { anomalyCount: 2 },
});
const blessing = zArtifactRef.parse({
  ...examples,
  id: 'art_0123456789abcded',
  type: 'ModelBlessing',
  properties: { blessed: 1 },
});
const evaluation = zArtifactRef.parse({
  ...examples,
  id: 'art_0123456789abcdec',
  type: 'ModelEvaluation',
  properties: { headlineMetric: 'auc', headlineValue: 0.9123, headlineChange: -0.004, isBlessed: true, rowCount: 12 },
});
const node = (parts: Partial<NodeSnapshot>): NodeSnapshot => ({
  node: 'trainer',
  component: 'Trainer',
  upstream: [],
  state: 'queued',
  decision: 'execute',
  reason: '',
  attempts: [],
  outputs: {},
  ...parts,
});
const run = (state: RunSnapshot['state'], nodes: readonly NodeSnapshot[]): RunSnapshot => ({
  ...emptyRun('run_0123456789abcdef'),
  state,
  nodes: Object.fromEntries(nodes.map((one, index) => [`${one.node}${index}`, one])),
});

describe('words of a node run', () => {
  it.each([
    [node({}), 'Queued', 'Waits for a worker'],
    [node({ upstream: ['a', 'b'] }), 'Queued', 'Waits for a, b'],
    [node({ state: 'running', share: 0.624 }), 'Running 62 %', '62 %'],
    [node({ state: 'running', progressMessage: '1.2 M rows' }), 'Running', '1.2 M rows'],
    [node({ state: 'complete', outputs: { examples: [examples] } }), 'Complete', '10,000 rows × 14 columns'],
    [node({ state: 'complete', outputs: { anomalies: [anomalies] } }), '2 anomalies', '2 anomalies'],
    [
      node({ state: 'complete', outputs: { blessing: [blessing], evaluation: [evaluation] } }),
      'Complete',
      'AUC 0.912 (−0.004) · blessed',
    ],
    [node({ state: 'cached', fromRunNumber: 46 }), 'Reused from run 46', 'Reused from run 46'],
    [node({ state: 'skipped', stateReason: 'upstream-failed', because: 'a' }), 'Skipped', 'a failed'],
    [node({ state: 'skipped', stateReason: 'not-selected' }), 'Skipped', 'Not part of this run'],
    [node({ state: 'skipped', stateReason: 'not-blessed', because: 'a' }), 'Skipped', 'a did not bless the model'],
    [node({ state: 'skipped', stateReason: 'empty-input', because: 'a' }), 'Skipped', 'a had nothing to give'],
    [node({ state: 'canceled', stateReason: 'canceled-by-user' }), 'Canceled', 'Canceled by a person'],
    [
      node({ state: 'failed', error: { code: 'component-failed', message: 'Loss is NaN.', retryable: false } }),
      'Failed',
      'Loss is NaN.',
    ],
  ])('say what is and what it says also', (one, words, headline) => {
    expect([nodeStateWords(one), nodeHeadline(one)]).toEqual([words, headline]);
  });

  it('compare what came with what was planned', () => {
    expect(keptPlan(node({ state: 'complete', decision: 'reuse' }))).toBe(false);
    expect(keptPlan(node({ state: 'cached', decision: 'reuse' }))).toBe(true);
    expect(keptPlan(node({ state: 'running' }))).toBeUndefined();
  });
});

describe('words of a run', () => {
  it.each([
    [run('running', [node({ endedAt: 'x', state: 'complete' }), node({})]), 'Running, 1 of 2 done'],
    [run('complete', [node({ state: 'cached' })]), 'All reused'],
    [run('complete', [node({ state: 'cached' }), node({ state: 'complete' })]), 'Complete'],
    [run('complete', [node({ state: 'complete', outputs: { anomalies: [anomalies] } })]), 'Complete, 1 warning'],
    [run('failed', [node({ state: 'failed' })]), 'Failed in trainer'],
    [run('failed', [node({ state: 'failed' }), node({ state: 'failed' })]), 'Failed in trainer and 1 more'],
  ])('name the state and its place', (one, words) => {
    expect(runStateWords(one)).toBe(words);
  });
});

describe('words of an artifact', () => {
  it('count rows and columns, and rows by split in the order of the splits', () => {
    expect(artifactHeadline(examples)).toBe('10,000 rows × 14 columns');
    expect(splitCounts(examples)).toBe('train 6,667, eval 3,333');
  });

  it.each([
    [0, 'No anomalies'],
    [1, '1 anomaly'],
    [2, '2 anomalies'],
  ])('count anomalies: %d', (anomalyCount, words) => {
    expect(artifactHeadline({ ...examples, type: 'ExampleAnomalies', properties: { anomalyCount } })).toBe(words);
  });

  it('say nothing where the artifact does not', () => {
    expect(artifactHeadline({ ...examples, properties: {} })).toBeUndefined();
  });
});

it('sums a plan up', () => {
  expect(planWords(['execute', 'reuse', 'execute'])).toBe('2 to run, 1 reused');
});
