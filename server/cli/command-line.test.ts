/** The command line as a contract: every verb on a real data folder, its document against the published schema. */

import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { attach, type Attachment } from '../launcher/attach';
import { findInstallation } from '../launcher/installation';
import { findOwner } from '../launcher/ownership';
import { processBirth } from '../launcher/process-identity';
import { documentOf, sluice, startSluice } from '../testing/command-line';
import { processesOf } from '../testing/processes-of';
import { tempFolder } from '../testing/temp-folder';
import { waitFor } from '../testing/wait-for';
import { bundlesFolder } from '../testing/bundles-folder';
import type { RunAnswer } from './answers';

const place = tempFolder();
const data = path.join(place.path, 'data');
const pipeline = path.join(place.path, 'flow', 'pipeline.json');

/** Holds the studio of the data folder, so that each call joins it instead of starting its own. */
let held: Attachment;
beforeAll(async () => {
  mkdirSync(path.dirname(pipeline));
  writeFileSync(path.join(place.path, 'flow', 'rows.csv'), rows(300));
  writeFileSync(pipeline, JSON.stringify(document('small', 'rows.csv')));
  held = await attach({ dataFolder: data, installation: findInstallation(path.join(await bundlesFolder(), 'cli.js')) });
});
afterAll(async () => {
  await held.leave();
  expect(processesOf(data)).toEqual([]);
  place[Symbol.dispose]();
});

function rows(count: number): string {
  return `number,word\n${Array.from({ length: count }, (_, i) => `${i / 4},w${i % 5}\n`).join('')}`;
}

function document(name: string, inputBase: string) {
  return {
    format: 'sluice.pipeline/1',
    name,
    parameters: { bins: { type: 'integer', default: 10 } },
    nodes: {
      examples: { component: 'CsvExampleGen', params: { inputBase } },
      statistics: {
        component: 'StatisticsGen',
        inputs: { examples: 'examples.examples' },
        params: { statsOptions: { numHistogramBuckets: { $param: 'bins' } } },
      },
    },
  };
}

/** Calls `sluice` on the data folder with `--json`. */
async function call(args: readonly string[], schema: string, code = 0): Promise<unknown> {
  const called = await sluice([...args, '--json', '--data', data], { cwd: place.path });
  expect(called, called.stderr).toMatchObject({ code });
  return documentOf(called, schema);
}

async function run(...args: readonly string[]): Promise<RunAnswer> {
  // The published schema was checked; it is made from this very type.
  return (await call(['run', ...args], 'answers/run')) as RunAnswer;
}

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

describe('sluice', () => {
  it('runs a file, whose paths start at its folder, and shows what came of it', async () => {
    const first = await run(pipeline);
    expect(first).toMatchObject({
      state: 'complete',
      pipeline: 'small',
      nodes: {
        examples: { state: 'complete', decision: 'execute', attempts: 1, error: null },
        statistics: { state: 'complete', decision: 'execute', attempts: 1, error: null },
      },
    });
    const folder = first.nodes['examples']?.outputs['examples']?.folder ?? '';
    expect(path.isAbsolute(folder)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['Split-eval', 'Split-train']);
    expect(
      existsSync(
        path.join(first.nodes['statistics']?.outputs['statistics']?.folder ?? '', 'Split-train/FeatureStats.pb'),
      ),
    ).toBe(true);

    const shown = await call(['runs', 'show', first.runId], 'answers/run');
    expect(shown).toEqual(first);
    expect(await call(['runs', 'show', String(first.number)], 'answers/run')).toEqual(first);
    expect(await call(['runs', 'list'], 'answers/runs-list')).toMatchObject({
      runs: [{ id: first.runId, state: 'complete', pipeline: 'small' }],
    });
    expect(await call(['runs', 'logs', 'latest', 'examples'], 'answers/runs-logs')).toMatchObject({
      runId: first.runId,
    });
  });

  it('reuses an unchanged pipeline, by file and by name, and plans that it will', async () => {
    await run(pipeline);
    const planned = await call(['run', 'small', '--plan'], 'answers/plan');
    expect(planned).toMatchObject({ nodes: { examples: { decision: 'reuse' }, statistics: { decision: 'reuse' } } });
    const again = await run('small');
    expect(again.nodes).toMatchObject({ examples: { state: 'cached' }, statistics: { state: 'cached' } });
    const fresh = await run(pipeline, '--no-reuse');
    expect(fresh.nodes).toMatchObject({ examples: { state: 'complete' }, statistics: { state: 'complete' } });
  });

  it('takes values at launch, and says which one makes a node run', async () => {
    await run(pipeline);
    const byParam = await run('small', '--param', 'bins=7');
    expect(byParam.nodes).toMatchObject({
      examples: { state: 'cached' },
      statistics: { state: 'complete', reason: matching(/numHistogramBuckets is 7 now and was 10/) },
    });
    const bySet = await run('small', '--set', 'statistics.statsOptions.numTopValues=3');
    expect(bySet.nodes['statistics']).toMatchObject({ state: 'complete', reason: matching(/numTopValues.*3/) });
  });

  it('runs a part of a pipeline', async () => {
    const only = await run(pipeline, '--only', 'examples', '--no-reuse');
    expect(only.nodes).toMatchObject({
      examples: { state: 'complete' },
      statistics: { state: 'skipped', reason: 'not-selected' },
    });
    const from = await run(pipeline, '--from', 'statistics');
    expect(from.nodes['examples']?.decision).toBe('reuse');
    const to = await run(pipeline, '--to', 'examples');
    expect(to.nodes).toMatchObject({ examples: { state: 'cached' }, statistics: { state: 'skipped' } });
    await expect(call(['run', pipeline, '--to', 'statistcs'], 'answers/error', 2)).resolves.toMatchObject({
      error: { message: matching(/Did you mean "statistics"/) },
    });
  });

  it('ends with 1 and the reason when a node fails, and retries what failed once the cause is gone', async () => {
    const file = path.join(place.path, 'flow', 'ragged.json');
    writeFileSync(file, JSON.stringify(document('ragged', 'ragged.csv')));
    writeFileSync(path.join(place.path, 'flow', 'ragged.csv'), 'a,b\n1,2\n1,2,3\n');
    const failed = await call(['run', file], 'answers/run', 1);
    expect(failed).toMatchObject({
      state: 'failed',
      nodes: {
        examples: { state: 'failed', error: { message: matching(/line 3|:3/i) } },
        statistics: { state: 'skipped', reason: 'upstream-failed' },
      },
    });
    writeFileSync(path.join(place.path, 'flow', 'ragged.csv'), 'a,b\n1,2\n1,2\n');
    expect(await call(['runs', 'retry', 'latest'], 'answers/run')).toMatchObject({
      state: 'complete',
      nodes: { examples: { state: 'complete', attempts: 2 }, statistics: { state: 'complete' } },
    });
  });

  it('starts no run when a data file is not there', async () => {
    const file = path.join(place.path, 'flow', 'nowhere.json');
    writeFileSync(file, JSON.stringify(document('nowhere', 'nowhere.csv')));
    expect(await call(['run', file], 'answers/error', 2)).toMatchObject({
      error: { node: 'examples', path: 'nodes.examples.params.inputBase', message: matching(/nowhere\.csv/) },
    });
    expect(await call(['run', file, '--plan'], 'answers/plan')).toMatchObject({
      nodes: { examples: { decision: 'blocked' }, statistics: { decision: 'blocked' } },
    });
  });

  it('imports, lists, shows and exports pipelines', async () => {
    const file = path.join(place.path, 'flow', 'kept.json');
    writeFileSync(file, JSON.stringify(document('kept', 'rows.csv')));
    expect(await call(['pipelines', 'import', file], 'answers/pipelines-import')).toMatchObject({
      name: 'kept',
      version: 1,
      isNewVersion: true,
    });
    expect(await call(['pipelines', 'import', file], 'answers/pipelines-import')).toMatchObject({
      version: 1,
      isNewVersion: false,
    });
    expect(await call(['pipelines', 'list'], 'answers/pipelines-list')).toMatchObject({
      pipelines: expect.arrayContaining([expect.objectContaining({ name: 'kept', nodes: 2 })]) as unknown,
    });
    expect(await call(['pipelines', 'show', 'kept'], 'answers/pipelines-show')).toMatchObject({
      document: document('kept', 'rows.csv'),
    });
    expect(await call(['pipelines', 'export', 'kept'], 'pipeline')).toEqual(document('kept', 'rows.csv'));
    expect(await call(['pipelines', 'show', 'none'], 'answers/error', 2)).toMatchObject({
      error: { message: matching(/no pipeline "none"/) },
    });
  });

  it('shows rows of examples and figures of statistics', async () => {
    const { nodes } = await run(pipeline);
    const examples = nodes['examples']?.outputs['examples'];
    const statistics = nodes['statistics']?.outputs['statistics'];
    const shown = await call(['artifacts', 'show', examples?.id ?? ''], 'answers/artifacts-show');
    expect(shown).toMatchObject({ type: 'Examples', digest: examples?.digest, folder: examples?.folder });
    expect(shown).toMatchObject({
      rows: {
        train: {
          columns: [
            { name: 'number', kind: 'FLOAT' },
            { name: 'word', kind: 'STRING' },
          ],
        },
      },
    });
    expect(await call(['artifacts', 'show', statistics?.id ?? ''], 'answers/artifacts-show')).toMatchObject({
      statistics: {
        train: {
          features: [
            { name: 'number', type: 'FLOAT', missing: 0 },
            { name: 'word', type: 'STRING', unique: 5 },
          ],
        },
      },
    });
    expect(await call(['artifacts', 'list', '--type', 'Examples'], 'answers/artifacts-list')).toMatchObject({
      artifacts: expect.arrayContaining([expect.objectContaining({ id: examples?.id })]) as unknown,
    });
    expect(await call(['artifacts', 'show', 'art_none'], 'answers/error', 2)).toMatchObject({
      error: { message: matching(/no artifact/) },
    });
  });

  it('exports an artifact as it is stored, or as TFRecord, and overwrites nothing', async () => {
    const { nodes } = await run(pipeline);
    const examples = nodes['examples']?.outputs['examples'];
    const files = path.join(place.path, 'out', 'files');
    const exported = await call(['artifacts', 'export', examples?.id ?? '', files], 'answers/artifacts-export');
    expect(exported).toMatchObject({ folder: files, format: 'files' });
    const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
    const name = 'Split-eval/data-00000-of-00001.parquet';
    expect(digest(path.join(files, name))).toBe(digest(path.join(examples?.folder ?? '', name)));
    expect(await call(['artifacts', 'export', examples?.id ?? '', files], 'answers/error', 2)).toMatchObject({
      error: { message: matching(/not empty; nothing was written/) },
    });

    const records = path.join(place.path, 'out', 'records');
    const made = await call(
      ['artifacts', 'export', examples?.id ?? '', records, '--format', 'tfrecord'],
      'answers/artifacts-export',
    );
    expect(made).toMatchObject({
      format: 'tfrecord',
      files: ['Split-eval/data_tfrecord-00000-of-00001.gz', 'Split-train/data_tfrecord-00000-of-00001.gz'],
    });
    const bytes = gunzipSync(readFileSync(path.join(records, 'Split-train/data_tfrecord-00000-of-00001.gz')));
    expect(bytes.includes('number')).toBe(true);
    expect(readdirSync(path.join(place.path, 'out')).sort()).toEqual(['files', 'records']);
  });

  it('prints tables for people on standard output, and progress on standard error', async () => {
    const called = await sluice(['run', pipeline, '--data', data]);
    expect(called.code).toBe(0);
    expect(called.stdout).toMatch(/^Run \d+ of small \(run_\w+\): complete\nnode +state/);
    expect(called.stderr).toMatch(/Run \d+ is complete\./);
    const listed = await sluice(['runs', 'list', '--data', data]);
    expect(listed.stdout).toMatch(/^run +pipeline +state/);
  });
});

const long = path.join(place.path, 'long.json');
beforeAll(async () => {
  const out = createWriteStream(path.join(place.path, 'long.csv'));
  out.write('a,b,c\n');
  const block = Array.from({ length: 10_000 }, (_, i) => `${i},${i / 8},word${i % 97}\n`).join('');
  for (let i = 0; i < 300; i++) if (!out.write(block)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  writeFileSync(long, JSON.stringify({ ...document('long', 'long.csv'), name: 'long' }));
});

describe('a long run', () => {
  async function startLong() {
    const calling = startSluice(['run', long, '--no-reuse', '--json', '--data', data]);
    await waitFor('the first node to run', () => calling.stderr().includes('examples: running'));
    return calling;
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('is canceled by %s to the command that follows it', async (signal) => {
    const calling = await startLong();
    calling.kill(signal);
    const called = await calling.ended;
    expect(called.code).toBe(130);
    expect(documentOf(called, 'answers/run')).toMatchObject({
      state: 'canceled',
      nodes: { examples: { state: 'canceled' }, statistics: { state: 'canceled' } },
    });
  });

  it('is canceled by another command, which returns when nothing of it runs any more', async () => {
    const calling = await startLong();
    expect(await call(['runs', 'cancel', 'latest'], 'answers/run')).toMatchObject({ state: 'canceled' });
    expect((await calling.ended).code).toBe(130);
    expect(await call(['runs', 'cancel', 'latest'], 'answers/run')).toMatchObject({ state: 'canceled' });
  });

  it('goes on when the command that started it is killed', async () => {
    const calling = await startLong();
    const birth = processBirth(calling.pid);
    calling.kill('SIGKILL');
    await calling.ended;
    expect(processBirth(calling.pid)).not.toBe(birth);
    expect(await call(['runs', 'list', '--limit', '1'], 'answers/runs-list')).toMatchObject({
      runs: [{ state: 'running' }],
    });
    await call(['runs', 'cancel', 'latest'], 'answers/run');
  });
});

describe('a data folder where no studio runs', () => {
  const background = (folder: string) => findOwner(path.join(folder, 'run'))?.pid;

  it('serves two commands at once, and nothing runs when the last has ended', async () => {
    using elsewhere = tempFolder();
    const folder = path.join(elsewhere.path, 'data');
    const calls = await Promise.all([
      sluice(['run', pipeline, '--json', '--data', folder]),
      sluice(['run', pipeline, '--no-reuse', '--json', '--data', folder]),
    ]);
    expect(calls.map((called) => called.code)).toEqual([0, 0]);
    for (const called of calls) expect(documentOf(called, 'answers/run')).toMatchObject({ state: 'complete' });
    expect(processesOf(folder)).toEqual([]);
  });

  it('finishes a run although everything that served it was killed in the middle', async () => {
    using elsewhere = tempFolder();
    const folder = path.join(elsewhere.path, 'data');
    const calling = startSluice(['run', long, '--json', '--data', folder]);
    await waitFor('the first node to run', () => calling.stderr().includes('examples: running'));
    process.kill(await waitFor('the background host', () => background(folder)), 'SIGKILL');
    const called = await calling.ended;
    expect(called.code, called.stderr).toBe(0);
    expect(called.stderr).toContain('The studio ended; starting what this command needs.');
    expect(documentOf(called, 'answers/run')).toMatchObject({
      state: 'complete',
      nodes: { examples: { attempts: 2 } },
    });
    expect(processesOf(folder)).toEqual([]);
    expect(
      readdirSync(path.join(folder, 'artifacts'), { recursive: true }).filter((name) => String(name).includes('.tmp')),
    ).toEqual([]);
  });

  it('runs nothing any more soon after the command that started it was killed', async () => {
    using elsewhere = tempFolder();
    const folder = path.join(elsewhere.path, 'data');
    const calling = startSluice(['run', long, '--json', '--data', folder]);
    await waitFor('the first node to run', () => calling.stderr().includes('examples: running'));
    calling.kill('SIGKILL');
    await waitFor('every process to end', () => processesOf(folder).length === 0);
  });
});
