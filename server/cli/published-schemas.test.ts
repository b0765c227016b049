import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { publishedSchemas } from './published-schemas';

const FOLDER = path.resolve(import.meta.dirname, '../../public/schemas');

it.each([...publishedSchemas()])('%s is published as it is now (npm run schemas)', (name, schema) => {
  expect(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});

it('publishes no schema of an answer that is gone', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.json'));
  expect(existsSync(FOLDER)).toBe(true);
  expect(files.sort()).toEqual([...publishedSchemas().keys()].sort());
});
