/** Writes the published JSON Schemas to `public/schemas`. `npm run schemas`, after a change of the pipeline document or an answer. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { format } from 'prettier';

import { publishedSchemas } from '../cli/published-schemas';

const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../public/schemas');

rmSync(FOLDER, { recursive: true, force: true });
for (const [name, schema] of publishedSchemas()) {
  const file = path.join(FOLDER, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 }));
}
