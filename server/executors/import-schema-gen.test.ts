import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { runExecutor } from '../testing/run-executor';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { tempFolder } from '../testing/temp-folder';
import { importSchemaGen } from './import-schema-gen';

async function imported(content: string | Uint8Array) {
  using folder = tempFolder();
  await writeFile(path.join(folder.path, 'my-schema.pbtxt'), content);
  await using run = await runExecutor(importSchemaGen, {
    params: { schemaFile: 'my-schema.pbtxt' },
    inputs: {},
    baseFolder: folder.path,
  });
  const text = await readFile(path.join(run.folders.schema, 'schema.pbtxt'), 'utf8');
  return { text, properties: run.facts.outputs.schema.properties };
}

describe('ImportSchemaGen', () => {
  it('hands a schema on to the letter, comments included', async () => {
    const text = '# mine\nfeature { name: "a" type: INT }\nfeature < name: "b" type: 3 >\n';
    expect(await imported(text)).toEqual({ text, properties: { featureCount: 2 } });
  });

  it.each([
    [
      'a mistake, with its place',
      'feature {\n  colour: 1\n}',
      'my-schema.pbtxt, line 2, column 3: Feature has no field "colour".',
    ],
    ['bytes that are no text', Uint8Array.of(0xff), 'is not UTF-8 text.'],
  ])('refuses %s', async (_, content, message) => {
    await expect(imported(content)).rejects.toThrow(message);
  });

  it('says which file does not exist', async () => {
    const run = runExecutor(importSchemaGen, {
      params: { schemaFile: 'gone.pbtxt' },
      inputs: {},
      baseFolder: '/nowhere',
    });
    await expect(run).rejects.toMatchObject({ code: 'not-found', path: 'schemaFile' });
  });
});

describe.skipIf(!hasSharedData)('ImportSchemaGen on real data', () => {
  it.each(['taxi', 'penguins'])("reads the hand-written schema of TFX's %s example", async (folder) => {
    const text = await readFile(sharedPath('data', folder, 'schema.pbtxt'), 'utf8');
    expect((await imported(text)).text).toBe(text);
  });
});
