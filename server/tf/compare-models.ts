/** Is a copy of a model the model? Opened from its own folder and asked the same rows. */

import { AppError } from '../../lib/errors';
import { sampleRows } from '../../lib/model/sample-rows';
import { readTokens } from '../storage/transform-files';
import { openModel } from './open-model';

/** Rows that both are asked. */
const ROWS = 64;

/**
 * Opens both folders and compares their predictions of sample rows, bit by bit. Returns how many rows were asked. Throws
 * `artifact-damaged` where the copy does not open or says something else.
 */
export async function confirmCopy(original: string, copy: string): Promise<number> {
  const expected = await predictSamples(original);
  const found = await predictSamples(copy);
  const same = expected.length === found.length && expected.every((value, index) => Object.is(value, found[index]));
  if (!same)
    throw new AppError('artifact-damaged', `The copy of the model in ${copy} predicts something else than the model.`, {
      nextStep: 'Run again; if this happens again, check the disk.',
      retryable: true,
    });
  return ROWS;
}

async function predictSamples(folder: string): Promise<Float64Array> {
  const model = await openModel(folder);
  try {
    const { graph } = model.transform;
    const tokens = new Map<string, readonly string[]>();
    for (const { op } of graph.steps)
      if (op.type === 'vocabulary') tokens.set(op.file, await readTokens(folder, op.file));
    return await model.predict(
      sampleRows(graph, ROWS, (file) => tokens.get(file) ?? []),
      ROWS,
    );
  } finally {
    model.dispose();
  }
}
