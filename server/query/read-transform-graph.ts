/** Reads a transform graph: its steps, and the beginning of each vocabulary. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import { TRANSFORM_GRAPH_FILE, VOCABULARIES_FOLDER, zTransformGraph } from '../../lib/transform/transform-graph';
import { findArtifactFolder } from './artifact-files';
import type { TransformGraphAnswer } from './transform-graph-message';

/** Tokens of each vocabulary that travel. */
const FIRST_TOKENS = 200;

/** Reads a graph. Throws `artifact-missing`, or `artifact-damaged` where the file is none. */
export async function readTransformGraph(store: string, folder: string): Promise<TransformGraphAnswer> {
  const home = await findArtifactFolder(store, folder);
  try {
    const text = await readFile(path.join(home, TRANSFORM_GRAPH_FILE), 'utf8');
    const { steps } = zTransformGraph.parse(JSON.parse(text));
    const vocabularies: Record<string, string[]> = {};
    for (const { op } of steps) {
      if (op.type !== 'vocabulary') continue;
      const tokens = await readFile(path.join(home, VOCABULARIES_FOLDER, path.basename(op.file)), 'utf8');
      vocabularies[op.file] = tokens.split('\n', FIRST_TOKENS).filter((token) => token !== '');
    }
    return { graph: text, vocabularies };
  } catch (cause) {
    throw new AppError('artifact-damaged', 'The transform graph cannot be read.', {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}
