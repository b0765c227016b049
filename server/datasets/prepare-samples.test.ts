import { readFileSync, readdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { COMPONENTS } from '../../lib/catalog/index';
import { zPipeline } from '../../lib/pipeline/pipeline';
import { validatePipeline } from '../../lib/pipeline/validate';
import { prepareDataFolder } from '../launcher/data-folder';
import { listStoredPipelines } from '../pipelines/pipeline-repository';
import { listRuns } from '../runs/run-history-repository';
import { openTestDatabase } from '../testing/test-database';
import { tempFolder } from '../testing/temp-folder';
import { prepareSampleFiles } from './sample-files';
import { prepareSamples } from './prepare-samples';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const FILES = ['bird-strikes.csv', 'bird-strikes.json', 'flights.json', 'flights.parquet'];

it('stores three samples and queues the bird strikes once, however often it starts', async () => {
  using home = tempFolder();
  await using database = await openTestDatabase();
  const folder = prepareDataFolder(home.path);
  await prepareSamples(folder, database.db, CHECKOUT);
  await prepareSamples(folder, database.db, CHECKOUT);
  expect(await listRuns(database.db)).toMatchObject([{ pipeline: 'Bird strikes', state: 'queued' }]);
  const stored = await listStoredPipelines(database.db);
  expect(stored.map(({ name }) => name).sort()).toEqual(['Bird strikes', 'Flights', 'Penguins']);
  for (const { document, baseFolder } of stored) {
    expect(validatePipeline(zPipeline.parse(document), COMPONENTS)).toEqual([]);
    expect(baseFolder).toBe(folder.samples);
  }
});

it('makes ten thousand strikes without what gives the damage away', async () => {
  using home = tempFolder();
  await prepareSampleFiles(home.path, CHECKOUT);
  const lines = readFileSync(path.join(home.path, 'bird-strikes.csv'), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(10_001);
  expect(lines[0]).toBe(
    'Airport Name,Aircraft Make Model,Flight Date,Aircraft Airline Operator,Origin State,Phase of flight,Wildlife Size,Wildlife Species,Time of day,Speed IAS in knots,damage',
  );
  expect(lines.filter((line) => line.endsWith(',1'))).toHaveLength(1_061);
  expect(lines.filter((line) => line.endsWith(',0'))).toHaveLength(8_939);
});

it('leaves what was not measured of the penguins blank', async () => {
  using home = tempFolder();
  await prepareSampleFiles(home.path, CHECKOUT);
  const lines = readFileSync(path.join(home.path, 'penguins.csv'), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(345);
  expect(lines.filter((line) => line.includes(',,,,'))).toHaveLength(2);
  expect(lines.filter((line) => line.endsWith(','))).toHaveLength(10);
});

it('mends samples that were cut, and leaves nothing unfinished behind', async () => {
  using home = tempFolder();
  await prepareSampleFiles(home.path, CHECKOUT);
  const read = () => readdirSync(home.path).map((name) => readFileSync(path.join(home.path, name)));
  const whole = read();
  for (const name of FILES) truncateSync(path.join(home.path, name), 4);
  await prepareSampleFiles(home.path, CHECKOUT);
  expect(read().every((bytes, index) => bytes.equals(whole[index] ?? Buffer.alloc(0)))).toBe(true);
  expect(readdirSync(home.path).sort()).toEqual([...FILES, 'penguins.csv', 'penguins.json'].sort());
});
