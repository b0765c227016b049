/** The whole loop by the command line: a pipeline of nine nodes, its versions listed, compared, and asked for predictions. */

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';

import { Random } from '../../lib/random';
import { attach, type Attachment } from '../launcher/attach';
import { findInstallation } from '../launcher/installation';
import { bundlesFolder } from '../testing/bundles-folder';
import { documentOf, sluice } from '../testing/command-line';
import { tempFolder } from '../testing/temp-folder';
import type { RunAnswer, zModelCompareAnswer, zModelPredictAnswer, zModelShowAnswer } from './answers';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SAMPLE = path.join(CHECKOUT, 'public/samples/pipelines/penguins.json');
const place = tempFolder();
const data = path.join(place.path, 'data');
const file = path.join(place.path, 'flow', 'penguins.json');
const SPECIES = ['Adelie', 'Gentoo', 'Chinstrap'];

let held: Attachment;
beforeAll(async () => {
  mkdirSync(path.dirname(file));
  copyFileSync(SAMPLE, file);
  writeFileSync(path.join(path.dirname(file), 'penguins.csv'), penguins(240));
  held = await attach({ dataFolder: data, installation: findInstallation(path.join(await bundlesFolder(), 'cli.js')) });
});
afterAll(async () => {
  await held.leave();
  place[Symbol.dispose]();
});

/** Birds whose species is told by their measures. */
function penguins(count: number): string {
  const random = Random.of(4);
  const lines = Array.from({ length: count }, (_, row) => {
    const kind = row % SPECIES.length;
    const near = (middle: number, spread: number) => (middle + spread * (random.number() - 0.5)).toFixed(1);
    const island = ['Dream', 'Biscoe', 'Torgersen'][random.below(3)] ?? '';
    const measures = [
      near(39 + kind * 5, 4),
      near(19 - kind * 2, 2),
      near(190 + kind * 12, 9),
      near(3_700 + kind * 500, 300),
    ];
    return [SPECIES[kind], island, ...measures, row % 2 === 0 ? 'MALE' : 'FEMALE'].join(',');
  });
  const head = 'Species,Island,Beak Length (mm),Beak Depth (mm),Flipper Length (mm),Body Mass (g),Sex';
  return `${[head, ...lines].join('\n')}\n`;
}

async function call(args: readonly string[], schema: string, code = 0): Promise<unknown> {
  const called = await sluice([...args, '--json', '--data', data], { cwd: place.path });
  expect(called, called.stderr).toMatchObject({ code });
  return documentOf(called, schema);
}

const run = async (...args: readonly string[]) => (await call(['run', file, ...args], 'answers/run')) as RunAnswer;
const show = async () =>
  (await call(['models', 'show', 'Penguins'], 'answers/models-show')) as z.output<typeof zModelShowAnswer>;
const statesOf = ({ nodes }: RunAnswer) =>
  Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, node.state]));

describe('the loop', () => {
  it('goes from rows to a pushed version, and is reused whole when nothing changed', async () => {
    const first = await run();
    expect(first.state).toBe('complete');
    expect(new Set(Object.values(statesOf(first)))).toEqual(new Set(['complete']));
    const [version] = (await show()).versions;
    expect(version).toMatchObject({ name: 'Penguins@1', gate: 'blessed', runId: first.runId });
    for (const name of ['Format-Layers/model.json', 'transform_graph.json', 'model_info.json'])
      expect(existsSync(path.join(version?.folder ?? '', name)), name).toBe(true);
    for (let again = 0; again < 2; again++)
      expect(new Set(Object.values(statesOf(await run())))).toEqual(new Set(['cached']));
    expect((await show()).versions).toHaveLength(1);
  });

  it('executes only what a change concerns, and compares the new model with the blessed one', async () => {
    const changed = await run('--set', 'trainer.epochs=30');
    expect(statesOf(changed)).toMatchObject({
      examples: 'cached',
      statistics: 'cached',
      transform: 'cached',
      trainer: 'complete',
      baseline: 'complete',
      evaluator: 'complete',
      pusher: 'complete',
    });
    const evaluation = changed.nodes['evaluator']?.outputs['evaluation'];
    const metrics = readFileSync(path.join(evaluation?.folder ?? '', 'metrics.json'), 'utf8');
    expect(metrics).toContain('"baseline"');
    expect((await show()).versions.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('compares versions by their names, and says in what they differ', async () => {
    const compared = (await call(
      ['models', 'compare', 'Penguins@1', 'Penguins@2'],
      'answers/models-compare',
    )) as z.output<typeof zModelCompareAnswer>;
    expect(compared.comparable).toBe(true);
    expect(compared.comparison?.metrics.map(({ name }) => name)).toContain('sparse_categorical_accuracy');
    expect(compared.differences).toEqual([{ kind: 'parameters', name: 'trainer: epochs', values: ['60', '30'] }]);
  });

  it('predicts raw rows, with what it does not know left open', async () => {
    const rows = path.join(place.path, 'rows.csv');
    writeFileSync(
      rows,
      'Beak Length (mm),Beak Depth (mm),Flipper Length (mm),Body Mass (g),Island,colour\n39,19,190,3700,Dream,grey\n49,15,214,4700,Atlantis,\n',
    );
    const predicted = (await call(['models', 'predict', 'Penguins@1', rows], 'answers/models-predict')) as z.output<
      typeof zModelPredictAnswer
    >;
    expect(predicted.predictions.map(({ prediction }) => prediction)).toEqual(['Adelie', 'Chinstrap']);
    expect(predicted.ignoredColumns).toEqual(['colour']);
  });

  it('pushes nothing that is not blessed, without failing the run', async () => {
    const document = JSON.parse(readFileSync(file, 'utf8')) as {
      nodes: { evaluator: { params: { evalConfig: unknown } } };
    };
    const config = JSON.stringify(document.nodes.evaluator.params.evalConfig).replace(
      '"lowerBound":0.9',
      '"lowerBound":1.1',
    );
    const refused = await run('--set', `evaluator.evalConfig=${config}`);
    expect(refused.state).toBe('complete');
    expect(refused.nodes['pusher']).toMatchObject({ state: 'skipped', outputs: {} });
    expect((await show()).versions).toHaveLength(2);
  });

  it('names the versions that there are where one does not exist', async () => {
    const called = await sluice(['models', 'compare', 'Penguins@1', 'Penguins@9', '--json', '--data', data]);
    expect(called.code).toBe(2);
    expect(JSON.stringify(documentOf(called, 'answers/error'))).toContain('the number 9');
  });
});
