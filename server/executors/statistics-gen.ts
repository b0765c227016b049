/** StatisticsGen. Opens every split in turn, describes it inside DuckDB and writes one `FeatureStats.pb` for each. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { splitFolder } from '../../lib/artifact/artifact';
import { fromStatistics, STATISTICS_FILE, type DatasetStatistics } from '../../lib/artifact/statistics';
import { statisticsGenSpec } from '../../lib/catalog/statistics-gen/spec';
import { categoricalFeatures } from '../../lib/stats/categorical-features';
import { statisticsHeadline } from '../../lib/stats/statistics-headline';
import { duckdbShare, openDuckdb } from '../duckdb/connection';
import { describeSplit } from '../duckdb/describe-split';
import { openExamplesSplit } from '../duckdb/examples-source';
import type { DuckdbSession } from '../duckdb/query';
import { implement, type ExecutionContext } from '../engine/executor';
import { readSchema } from '../storage/artifact-files';
import { chosenSplits } from '../storage/artifact-splits';

type Context = ExecutionContext<typeof statisticsGenSpec>;

const zSpan = z.number();

export const statisticsGen = implement(statisticsGenSpec, async (context) => {
  const { examples } = context.inputs;
  const splits = await chosenSplits(examples, {
    excludeSplits: context.params.excludeSplits,
    what: 'examples',
    warn: (message) => context.log(message, 'warning'),
  });
  const { schema } = context.inputs;
  const categorical = schema === undefined ? new Set<string>() : categoricalFeatures(await readSchema(schema.folder));
  const limits = { ...context.limits, memoryMb: duckdbShare(context.limits.memoryMb) };
  await using duckdb = await openDuckdb({ ...limits, tempFolder: context.tempFolder });
  const session = { connection: duckdb.connection, signal: context.signal };
  const datasets: [string, DatasetStatistics][] = [];
  for (const [index, split] of splits.entries()) {
    const share = { before: index / splits.length, width: 1 / splits.length };
    datasets.push([split, await describe(session, { context, split, share, categorical })]);
  }
  warnOfUnknown(context, datasets);
  const span = zSpan.safeParse(examples.properties['span']);
  return {
    outputs: {
      statistics: {
        properties: {
          splitNames: [...splits],
          ...(span.success && { span: span.data }),
          featureCount: Math.max(...datasets.map(([, { features }]) => features.length)),
          rows: Object.fromEntries(datasets.map(([split, { numExamples }]) => [split, numExamples])),
          headlines: Object.fromEntries(datasets.map(([split, dataset]) => [split, statisticsHeadline(dataset)])),
        },
      },
    },
  };
});

type SplitRun = {
  readonly context: Context;
  readonly split: string;
  /** Which part of the whole progress this split is. */
  readonly share: { readonly before: number; readonly width: number };
  readonly categorical: ReadonlySet<string>;
};

async function describe(session: DuckdbSession, run: SplitRun): Promise<DatasetStatistics> {
  const { context, split, share, categorical } = run;
  const source = await openExamplesSplit(session, { folder: context.inputs.examples.folder, split });
  const dataset = await describeSplit(session, {
    source,
    options: context.params.statsOptions,
    categorical,
    onFeature: ({ done, total }) =>
      context.progress({
        share: share.before + (share.width * done) / total,
        message: `${split}: ${done} of ${total} features, ${source.numRows.toLocaleString('en')} rows`,
      }),
  });
  const folder = path.join(context.outputs.statistics.folder, splitFolder(split));
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, STATISTICS_FILE), fromStatistics({ datasets: [dataset] }));
  return dataset;
}

/** A feature on the allow-list that no split has is most likely misspelt; TFDV says nothing of it. */
function warnOfUnknown(context: Context, datasets: readonly (readonly [string, DatasetStatistics])[]): void {
  const found = new Set(datasets.flatMap(([, { features }]) => features.map((feature) => feature.path?.step[0])));
  if (found.size === 0) return;
  for (const name of context.params.statsOptions.featureAllowlist ?? [])
    if (!found.has(name))
      context.log(`featureAllowlist names "${name}", which is not a feature of the examples.`, 'warning');
}
