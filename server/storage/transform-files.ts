/** Reads a transform graph with its vocabularies from the folder of the artifact that holds them. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import { compileTransform, type Transform } from '../../lib/transform/apply-transform';
import { TRANSFORM_GRAPH_FILE, VOCABULARIES_FOLDER, zTransformGraph } from '../../lib/transform/transform-graph';
import { vocabularyTokens } from '../../lib/transform/vocabulary-file';

/** The transform of a `TransformGraph` or a `Model`, ready to be applied. Throws `artifact-damaged` where it is none. */
export async function readTransform(folder: string): Promise<Transform> {
  try {
    const graph = zTransformGraph.parse(JSON.parse(await readFile(path.join(folder, TRANSFORM_GRAPH_FILE), 'utf8')));
    const vocabularies = new Map<string, ReadonlyMap<string, number>>();
    for (const { op } of graph.steps) {
      if (op.type !== 'vocabulary' || vocabularies.has(op.file)) continue;
      const tokens = await readTokens(folder, op.file);
      vocabularies.set(op.file, new Map(tokens.map((token, number) => [token, number])));
    }
    return compileTransform(graph, vocabularies);
  } catch (cause) {
    throw new AppError('artifact-damaged', `The transform graph cannot be read from ${folder}.`, {
      nextStep: 'Run the pipeline again: what is damaged is made anew.',
      cause,
    });
  }
}

/** The tokens of a vocabulary in the order of their numbers. */
export async function readTokens(folder: string, file: string): Promise<readonly string[]> {
  const text = await readFile(path.join(folder, VOCABULARIES_FOLDER, path.basename(file)), 'utf8');
  return vocabularyTokens(text);
}
