/** SchemaGen. Infers a schema from the first split and widens it with the others, as TFX does. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { SCHEMA_FILE, writeSchemaText } from '../../lib/artifact/data-schema';
import { schemaGenSpec } from '../../lib/catalog/schema-gen/spec';
import { AppError } from '../../lib/errors';
import { inferSchema } from '../../lib/stats/infer-schema';
import { updateSchema } from '../../lib/stats/update-schema';
import { implement } from '../engine/executor';
import { readStatistics } from '../storage/artifact-files';
import { chosenSplits } from '../storage/artifact-splits';

export const schemaGen = implement(schemaGenSpec, async ({ params, inputs, outputs, log, signal }) => {
  const { statistics } = inputs;
  const { excludeSplits, inferFeatureShape, maxStringDomainSize } = params;
  const splits = await chosenSplits(statistics, {
    excludeSplits,
    what: 'statistics',
    warn: (message) => log(message, 'warning'),
  });
  const [first = '', ...others] = splits;
  let schema = inferSchema(await readStatistics(statistics.folder, first), { inferFeatureShape, maxStringDomainSize });
  for (const split of others) {
    signal.throwIfAborted();
    schema = updateSchema(schema, await readStatistics(statistics.folder, split), { maxStringDomainSize });
  }
  if (schema.feature.length === 0) {
    throw new AppError('invalid-input', 'The statistics describe no feature, so that there is no schema to infer.', {
      nextStep: 'Check the examples, and the featureAllowlist of StatisticsGen.',
    });
  }
  await writeFile(path.join(outputs.schema.folder, SCHEMA_FILE), writeSchemaText(schema));
  return { outputs: { schema: { properties: { featureCount: schema.feature.length } } } };
});
