/** ImportSchemaGen. Checks that a file is a schema and copies it to the letter, comments included. */

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { SCHEMA_FILE, parseSchemaText } from '../../lib/artifact/data-schema';
import { importSchemaGenSpec } from '../../lib/catalog/import-schema-gen/spec';
import { AppError } from '../../lib/errors';
import { implement } from '../engine/executor';

export const importSchemaGen = implement(importSchemaGenSpec, async ({ params, outputs, baseFolder }) => {
  const file = path.resolve(baseFolder, params.schemaFile);
  const content = await readFile(file).catch((error: unknown) => {
    throw new AppError('not-found', `The schema file ${file} cannot be read.`, {
      nextStep: 'Check schemaFile; a relative path starts at the folder of the pipeline file.',
      cause: error,
      path: 'schemaFile',
    });
  });
  const schema = parseSchemaText(textOf(content, file), path.basename(file));
  await writeFile(path.join(outputs.schema.folder, SCHEMA_FILE), content);
  return { outputs: { schema: { properties: { featureCount: schema.feature.length } } } };
});

function textOf(content: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    throw new AppError('invalid-input', `The schema file ${file} is not UTF-8 text.`, {
      nextStep: "Write it in protobuf's text format, encoded as UTF-8.",
      cause: error,
      path: 'schemaFile',
    });
  }
}
