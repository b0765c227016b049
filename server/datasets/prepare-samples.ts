/** Prepares the shipped samples and, at the very first start, runs each of them once, so that there is something to see. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { COMPONENTS } from '../../lib/catalog/index';
import { zPipeline } from '../../lib/pipeline/pipeline';
import type { Database } from '../db/client';
import type { DataFolder } from '../launcher/data-folder';
import { findPipeline } from '../pipelines/pipeline-repository';
import { startRun } from '../runs/start-run';
import { prepareSampleFiles } from './sample-files';

/** Who started the runs of samples, as their history shows it. */
const STARTED_BY = 'first start';

/**
 * Copies the samples' files into the data folder; a sample whose pipeline is not there yet is imported and queued once.
 * Called by the launcher after migrations, before or after the worker starts. `installation` is the checkout.
 */
export async function prepareSamples(folder: DataFolder, db: Database, installation: string): Promise<void> {
  const files = await prepareSampleFiles(folder.samples, installation);
  const context = { db, catalog: COMPONENTS, artifactsFolder: folder.artifacts };
  for (const file of files) {
    const document = zPipeline.parse(JSON.parse(await readFile(file, 'utf8')));
    if ((await findPipeline(db, document.name)) !== undefined) continue;
    await startRun(
      context,
      {
        pipeline: { document, baseFolder: path.dirname(file) },
        values: { params: {}, set: [] },
        selection: { type: 'all' },
        reuse: true,
      },
      STARTED_BY,
    );
  }
}
