import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { compareStatistics } from '../testing/compare-statistics';
import { readIndependently } from '../testing/independent-statistics';
import { artifactFrom, runExecutor } from '../testing/run-executor';
import { hasSharedData, sharedPath } from '../testing/shared-data';
import { tempFolder } from '../testing/temp-folder';
import { csvExampleGen } from './csv-example-gen';
import { statisticsGen } from './statistics-gen';

const zGolden = z.looseObject({
  datasets: z.array(
    z.looseObject({ features: z.array(z.looseObject({ path: z.object({ step: z.array(z.string()) }) })) }),
  ),
});

describe.skipIf(!hasSharedData)('StatisticsGen with a schema', () => {
  it('describes categorical integers as TFDV does: taxi-categorical-int', async () => {
    const place = (file: string) => sharedPath('goldens', 'tfdv-stats', `taxi-categorical-int.${file}`);
    const golden = zGolden.parse(JSON.parse(await readFile(place('json'), 'utf8')));
    const featureAllowlist = golden.datasets.flatMap(({ features }) => features.flatMap(({ path: { step } }) => step));
    using folder = tempFolder();
    await copyFile(place('schema.pbtxt'), path.join(folder.path, 'schema.pbtxt'));
    await using examples = await runExecutor(csvExampleGen, {
      params: {
        inputBase: sharedPath('data', 'taxi', 'taxi.csv'),
        outputConfig: { splitConfig: { splits: [{ name: 'all', hashBuckets: 1 }] } },
      },
      inputs: {},
    });
    const { properties } = examples.facts.outputs.examples;
    await using statistics = await runExecutor(statisticsGen, {
      params: { statsOptions: { featureAllowlist } },
      inputs: {
        examples: artifactFrom('Examples', examples.folders.examples, properties),
        schema: artifactFrom('Schema', folder.path, {}),
      },
    });
    const bytes = await readFile(path.join(statistics.folders.statistics, 'Split-all', 'FeatureStats.pb'));
    expect(compareStatistics(readIndependently(bytes), golden)).toEqual([]);
  });
});
