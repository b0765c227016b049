/** ExampleValidator. Compares the statistics of every split with the schema and writes one `SchemaDiff.pb` for each. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { ANOMALIES_FILE, type Anomalies, fromAnomalies, isFreeOfAnomalies } from '../../lib/artifact/anomalies';
import { splitFolder } from '../../lib/artifact/artifact';
import { exampleValidatorSpec } from '../../lib/catalog/example-validator/spec';
import { validateStatistics } from '../../lib/stats/validate-statistics';
import { implement } from '../engine/executor';
import { readSchema, readStatistics } from '../storage/artifact-files';
import { chosenSplits } from '../storage/artifact-splits';

const zSpan = z.number();

export const exampleValidator = implement(exampleValidatorSpec, async (context) => {
  const { params, inputs, outputs, log, signal } = context;
  const { statistics } = inputs;
  const splits = await chosenSplits(statistics, {
    excludeSplits: params.excludeSplits,
    what: 'statistics',
    warn: (message) => log(message, 'warning'),
  });
  const schema = await readSchema(inputs.schema.folder);
  const found: [string, Anomalies][] = [];
  for (const split of splits) {
    signal.throwIfAborted();
    const { environment } = params;
    const anomalies = validateStatistics(await readStatistics(statistics.folder, split), schema, { environment });
    const folder = path.join(outputs.anomalies.folder, splitFolder(split));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, ANOMALIES_FILE), fromAnomalies(anomalies));
    if (anomalies.dataMissing === true) log(`The split "${split}" has no examples: nothing was compared.`, 'warning');
    found.push([split, anomalies]);
  }
  const counts = found.map(([split, { anomalyInfo }]) => [split, anomalyInfo.length] as const);
  const span = zSpan.safeParse(statistics.properties['span']);
  return {
    outputs: {
      anomalies: {
        properties: {
          splitNames: [...splits],
          ...(span.success && { span: span.data }),
          blessed: Object.fromEntries(found.map(([split, each]) => [split, isFreeOfAnomalies(each) ? 1 : 0])),
          anomalies: Object.fromEntries(counts),
          anomalyCount: counts.reduce((sum, [, count]) => sum + count, 0),
        },
      },
    },
  };
});
