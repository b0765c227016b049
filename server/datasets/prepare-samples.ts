/** Prepares the shipped samples and, at the very first start, runs the first of them, so that there is something to see. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { COMPONENTS } from '../../lib/catalog/index';
import { zPipeline } from '../../lib/pipeline/pipeline';
import type { Database } from '../db/client';
import type { DataFolder } from '../launcher/data-folder';
import { findPipeline, savePipeline } from '../pipelines/pipeline-repository';
import { startRun } from '../runs/start-run';
import { prepareSampleFiles } from './sample-files';

/** Who started the run of the sample, as its history shows it. */
const STARTED_BY = 'first start';

/**
 * Makes the samples' files in the data folder; a sample whose pipeline is not there yet is stored, and the first one is
 * queued too. Called by the launcher after migrations, before or after the worker starts. `installation` is the checkout.
 */
export async function prepareSamples(folder: DataFolder, db: Database, installation: string): Promise<void> {
  const files = await prepareSampleFiles(folder.samples, installation);
  const context = { db, catalog: COMPONENTS, artifactsFolder: folder.artifacts };
  for (const [index, file] of files.entries()) {
    const document = zPipeline.parse(JSON.parse(await readFile(file, 'utf8')));
    if ((await findPipeline(db, document.name)) !== undefined) continue;
    const baseFolder = path.dirname(file);
    if (index > 0) {
      await db.transaction((tx) => savePipeline(tx, { document, baseFolder, draft: 'replace' }));
      continue;
    }
    await startRun(
      context,
      {
        pipeline: { document, baseFolder },
        values: { params: {}, set: [] },
        selection: { type: 'all' },
        reuse: true,
      },
      STARTED_BY,
    );
  }
}
