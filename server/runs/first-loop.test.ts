/** Whole pipelines on hostile tables and without anything to compare with, through real workers. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';

import type { Scenario } from '../testing/scenario';
import { openTestScenario } from '../testing/test-scenario';
import { startWhole, wholePipeline } from '../testing/whole-pipeline';

const LIMIT_MS = 120_000;

/** A pipeline on rows of `x`, `word` and `y`: a text that is blank everywhere makes an empty vocabulary. */
async function run(
  scenario: Scenario,
  {
    rows,
    word,
    threshold,
  }: { readonly rows: number; readonly word: (row: number) => string; readonly threshold: object },
) {
  await scenario.startWorker();
  const source = scenario.file('source');
  mkdirSync(source);
  const lines = Array.from({ length: rows }, (_, row) => `${row % 10},${word(row)},${row % 10 > 4 ? 1 : 0}`);
  for (const name of ['train', 'eval'])
    writeFileSync(path.join(source, `${name}.csv`), `x,word,y\n${lines.join('\n')}\n`);
  const splits = ['train', 'eval'].map((name) => ({ name, pattern: `${name}.csv` }));
  const document = wholePipeline({
    name: 'first',
    examples: { inputBase: source, inputConfig: { splits }, emptyCells: 'missing' },
    features: {
      x: { op: 'scaleToZScore', column: 'x' },
      word_v: { op: 'computeAndApplyVocabulary', column: 'word', numOovBuckets: 1, fillMissing: '' },
      y: { op: 'label', column: 'y' },
    },
    trainer: {
      template: 'wide-and-deep',
      task: 'binary',
      label: 'y',
      deep: ['x'],
      wide: ['word_v'],
      hiddenUnits: [4],
      epochs: 2,
      batchSize: 500,
    },
    evalConfig: {
      modelSpecs: [{ labelKey: 'y' }],
      slicingSpecs: [{}],
      metricsSpecs: [{ metrics: [{ className: 'ExampleCount' }, { className: 'AUC', threshold }] }],
    },
    pushTo: scenario.file('pushed'),
  });
  const finished = await scenario.waitForRun(await startWhole(scenario, document), undefined, LIMIT_MS);
  for (const { node, error } of Object.values(finished.nodes)) expect([node, error]).toEqual([node, undefined]);
  expect(finished.state).toBe('complete');
  return finished;
}

const VALUE = { valueThreshold: { lowerBound: 0.1 } };

it(
  'a first candidate with change thresholds alone is not blessed: nothing is pushed or registered, the run complete',
  async () => {
    await using scenario = await openTestScenario();
    const threshold = { changeThreshold: { direction: 'HIGHER_IS_BETTER', absolute: -0.01 } };
    const { nodes } = await run(scenario, { rows: 100, word: () => 'a', threshold });
    expect(nodes['baseline']).toMatchObject({ state: 'complete', outputs: {} });
    expect(nodes['evaluator']?.state).toBe('complete');
    expect(nodes['evaluator']?.outputs['blessing']?.[0]?.properties['blessed']).not.toBe(1);
    expect(nodes['pusher']).toMatchObject({ state: 'skipped', stateReason: 'not-blessed', outputs: {} });
    expect(existsSync(scenario.file('pushed'))).toBe(false);
    const { rows } = await scenario.db.execute(sql`select count(*)::int as versions from model_versions`);
    expect(rows).toEqual([{ versions: 0 }]);
  },
  LIMIT_MS,
);

it.each([
  { name: 'a text of 100,000 categories', rows: 100_000, word: (row: number) => `w${row}` },
  { name: 'an empty vocabulary', rows: 100, word: () => '' },
])(
  '$name passes the whole loop, and the model is pushed',
  async ({ rows, word }) => {
    await using scenario = await openTestScenario();
    const { nodes } = await run(scenario, { rows, word, threshold: VALUE });
    expect(nodes['pusher']?.state).toBe('complete');
  },
  LIMIT_MS,
);
