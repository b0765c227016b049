/**
 * The files of the shipped samples. Their data come with the package `vega-datasets` (Bird strikes: the FAA's wildlife
 * strike database, public domain) and are copied into the data folder at the first start; none is committed.
 */

import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { AppError } from '../../lib/errors';

/** A sample: its pipeline file in the installation, its data in a package. */
type Sample = { readonly pipeline: string; readonly data: { readonly file: string; readonly source: string } };

const SAMPLES: readonly Sample[] = [
  { pipeline: 'bird-strikes.json', data: { file: 'birdstrikes.csv', source: 'data/birdstrikes.csv' } },
];

/**
 * Puts the pipeline files and the data of every sample side by side into `folder`, and returns the pipeline files,
 * absolute. What is there with the right size stays as it is. `installation` is the checkout.
 */
export async function prepareSampleFiles(folder: string, installation: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const packageFolder = findDatasets(installation);
  const files: string[] = [];
  for (const { pipeline, data } of SAMPLES) {
    await copyWhole(path.join(packageFolder, data.source), path.join(folder, data.file));
    const file = path.join(folder, pipeline);
    await copyWhole(path.join(installation, 'public/samples/pipelines', pipeline), file);
    files.push(file);
  }
  return files;
}

function findDatasets(installation: string): string {
  const resolve = createRequire(path.join(installation, 'package.json')).resolve;
  // The package exports its code only; its data lie beside that.
  return path.resolve(path.dirname(resolve('vega-datasets')), '..');
}

/** Copies under a temporary name and renames, so that nobody ever reads half a file. */
async function copyWhole(source: string, target: string): Promise<void> {
  try {
    if (await haveSameSize(source, target)) return;
    const unfinished = `${target}.tmp-${randomBytes(4).toString('hex')}`;
    await copyFile(source, unfinished);
    await rename(unfinished, target).catch(async (error: unknown) => {
      await rm(unfinished, { force: true });
      throw error;
    });
  } catch (cause) {
    throw new AppError('storage-denied', `The sample could not be prepared: ${target} could not be written.`, {
      nextStep: 'Check that the data folder is writable and has room; the sample is tried again at the next start.',
      cause,
    });
  }
}

async function haveSameSize(source: string, target: string): Promise<boolean> {
  const there = await stat(target).catch(() => undefined);
  return there !== undefined && there.size === (await stat(source)).size;
}
