/** Reads an evaluation: the numbers of every slice, and what the thresholds said. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import * as z from 'zod';

import { AppError } from '../../lib/errors';
import { findArtifactFolder } from './artifact-files';
import { zEvaluationAnswer, type EvaluationAnswer } from './evaluation-message';

/** Entries of an answer: a few metrics of a thousand slices. */
const MAX_ENTRIES = 2_000;

const zEntries = zEvaluationAnswer.shape.entries;

/** Reads the files. Throws `artifact-missing`, or `artifact-damaged` where they are none. */
export async function readEvaluation(store: string, folder: string): Promise<EvaluationAnswer> {
  const home = await findArtifactFolder(store, folder);
  try {
    const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(path.join(home, file), 'utf8'));
    const all = z.array(z.unknown()).parse(await read('metrics.json'));
    return {
      entries: zEntries.parse(all.slice(0, MAX_ENTRIES)),
      total: all.length,
      validation: zEvaluationAnswer.shape.validation.parse(await read('validation_ok.json')),
    };
  } catch (cause) {
    throw new AppError('artifact-damaged', 'The evaluation cannot be read.', {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}
