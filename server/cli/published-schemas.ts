/** The JSON Schemas that Sluice publishes: the pipeline file, and the `--json` answer of every verb. */

import * as z from 'zod';

import { zPipeline } from '../../lib/pipeline/pipeline';
import { ANSWER_SCHEMAS } from './answers';

/** Name of the file → its JSON Schema (draft 2020-12). */
export function publishedSchemas(): ReadonlyMap<string, object> {
  const schemas = new Map<string, object>();
  schemas.set(
    'pipeline.json',
    describe('A Sluice pipeline file, format sluice.pipeline/1', z.toJSONSchema(zPipeline, { io: 'input' })),
  );
  for (const [name, schema] of Object.entries(ANSWER_SCHEMAS))
    // Readers must let new keys pass: an answer may grow.
    schemas.set(
      `answers/${name}.json`,
      describe(`The --json answer "${name}"`, z.toJSONSchema(schema, { io: 'input' })),
    );
  return schemas;
}

function describe(title: string, { $schema, ...schema }: Record<string, unknown>): object {
  return { $schema, title, ...schema };
}
