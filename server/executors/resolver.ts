/** Resolver. The engine has found the model; here its files become an output of their own, under the same digest. */

import { artifactDigest } from '../../lib/artifact/artifact-digest';
import { resolverSpec } from '../../lib/catalog/resolver/spec';
import { AppError } from '../../lib/errors';
import { implement } from '../engine/executor';
import { copyFolder } from '../storage/copy-folder';

export const resolver = implement(resolverSpec, async ({ resolved, outputs, log, signal }) => {
  if (resolved === undefined) {
    log('No other blessed model of this pipeline was found: there is nothing to compare with yet.');
    return { outputs: { model: undefined } };
  }
  const files = await copyFolder(resolved.folder, outputs.model.folder, signal);
  if (artifactDigest(files) !== resolved.digest)
    throw new AppError('artifact-damaged', `The copy of the model ${resolved.id} is not what was copied.`, {
      nextStep: 'Run again; if this happens again, check the disk.',
      retryable: true,
    });
  log(`Found the blessed model ${resolved.id}.`);
  return { outputs: { model: { properties: { ...resolved.properties, resolvedFrom: resolved.id } } } };
});
