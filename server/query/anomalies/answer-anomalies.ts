/** Answers questions about anomalies from the small files of artifacts. DuckDB has no part in it. */

import { readFile, stat } from 'node:fs/promises';

import { ANOMALIES_FILE, toAnomalies, type Anomalies } from '../../../lib/artifact/anomalies';
import { parseSchemaText, writeSchemaText } from '../../../lib/artifact/data-schema';
import type { DatasetStatistics } from '../../../lib/artifact/statistics';
import { AppError } from '../../../lib/errors';
import { detailAnomaly, listAnomalies, reasonsOf, type SplitReport } from '../../../lib/stats/anomaly-report';
import { relaxSchema } from '../../../lib/stats/relax-schema';
import { requireDataset } from '../../../lib/stats/statistics-view';
import { updateSchema } from '../../../lib/stats/update-schema';
import { findSplitFile, type SplitAddress } from '../artifact-files';
import type { LoadStatistics } from '../load-statistics';
import type { AnomalyAnswerOf, AnomalyRequest, AnomalyRequestOf } from './anomaly-message';
import { foundKey } from './found-key';

/** Where files are read. */
export type AnomalyReader = {
  /** The artifact store, absolute. */
  readonly store: string;
  readonly loadStatistics: LoadStatistics;
};

/** Answers a request. */
export async function answerAnomalies(
  request: AnomalyRequest,
  reader: AnomalyReader,
): Promise<AnomalyAnswerOf<AnomalyRequest['type']>> {
  switch (request.type) {
    case 'anomaly-list':
      return listAnomalies(await readReports(request, reader), { environment: request.environment });
    case 'anomaly-detail': {
      const { path, environment } = request;
      const detail = detailAnomaly(await readReports(request, reader), path, { environment });
      if (detail !== undefined) return detail;
      throw new AppError('not-found', 'Nothing is wrong with this feature here.', {
        nextStep: 'Choose one of the list.',
      });
    }
    case 'anomaly-history':
      return Promise.all(request.artifacts.map((artifact) => readFound(artifact, reader.store)));
    case 'anomaly-accept':
      return accept(request, reader);
  }
}

type ReportRequest = AnomalyRequestOf<'anomaly-list' | 'anomaly-detail'>;

function readReports(request: ReportRequest, reader: AnomalyReader): Promise<SplitReport[]> {
  return Promise.all(
    request.splits.map(async (split) => ({
      split,
      anomalies: await readAnomalies({ folder: request.folder, split }, reader.store),
      dataset: await findDataset(request.statistics, split, reader),
    })),
  );
}

/** Anomalies can be looked at without the statistics; what was measured is then told by their own texts. */
async function findDataset(
  folder: string | undefined,
  split: string,
  { loadStatistics }: AnomalyReader,
): Promise<DatasetStatistics | undefined> {
  if (folder === undefined) return undefined;
  try {
    return requireDataset(await loadStatistics({ folder, split }));
  } catch (error) {
    if (error instanceof AppError && error.code === 'artifact-missing') return undefined;
    throw error;
  }
}

/** Largest file that is opened, in bytes: it holds the schema and a few texts for each feature. */
const MAX_FILE_BYTES = 64_000_000;

async function readAnomalies(address: SplitAddress, store: string): Promise<Anomalies> {
  const file = await findSplitFile(store, address, ANOMALIES_FILE);
  if ((await stat(file)).size > MAX_FILE_BYTES)
    throw new AppError(
      'unsupported',
      `The anomalies of split ${address.split} are larger than ${MAX_FILE_BYTES} bytes.`,
    );
  try {
    return toAnomalies(await readFile(file));
  } catch (cause) {
    throw new AppError('artifact-damaged', `The anomalies of split ${address.split} cannot be read.`, {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}

/** What was found, whatever the split: a pair of path and type a line. */
async function readFound(
  { folder, splits }: { readonly folder: string; readonly splits: readonly string[] },
  store: string,
): Promise<string[] | null> {
  const found = new Set<string>();
  try {
    for (const split of splits) {
      const { anomalyInfo, datasetAnomalyInfo } = await readAnomalies({ folder, split }, store);
      for (const { key, value } of [...anomalyInfo, { key: '', value: datasetAnomalyInfo }]) {
        if (value !== undefined) for (const { type } of reasonsOf(value)) found.add(foundKey(key, type));
      }
    }
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
  return [...found];
}

async function accept(request: AnomalyRequestOf<'anomaly-accept'>, { loadStatistics }: AnomalyReader) {
  const { statistics: folder, environment, remedy } = request;
  const paths = new Set(request.paths);
  const splits = await Promise.all(request.splits.map((split) => loadStatistics({ folder, split })));
  let schema = parseSchemaText(request.schema);
  // Looser for every split before the rest is mended: what one split brings need not be listed where the other allows it.
  for (const split of splits) schema = relaxSchema(schema, split, { remedy, paths, environment });
  for (const split of splits) schema = updateSchema(schema, split, { environment, paths });
  return { schema: writeSchemaText(schema) };
}
