import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { prepareDataFolder } from '../launcher/data-folder';
import { listRuns } from '../runs/run-history-repository';
import { openTestDatabase } from '../testing/test-database';
import { tempFolder } from '../testing/temp-folder';
import { prepareSampleFiles } from './sample-files';
import { prepareSamples } from './prepare-samples';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

it('prepares the bird strikes and queues them once, however often it starts', async () => {
  using home = tempFolder();
  await using database = await openTestDatabase();
  const folder = prepareDataFolder(home.path);
  await prepareSamples(folder, database.db, CHECKOUT);
  await prepareSamples(folder, database.db, CHECKOUT);
  expect(await listRuns(database.db)).toMatchObject([{ pipeline: 'Bird strikes', state: 'queued' }]);
  const lines = readFileSync(path.join(folder.samples, 'birdstrikes.csv'), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(10_001);
});

it('mends a sample that was cut, and leaves nothing unfinished behind', async () => {
  using home = tempFolder();
  const target = path.join(home.path, 'birdstrikes.csv');
  await prepareSampleFiles(home.path, CHECKOUT);
  const whole = readFileSync(target);
  writeFileSync(target, 'half');
  await prepareSampleFiles(home.path, CHECKOUT);
  expect(readFileSync(target).equals(whole)).toBe(true);
  expect(readdirSync(home.path).sort()).toEqual(['bird-strikes.json', 'birdstrikes.csv']);
});
