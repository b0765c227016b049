import { randomBytes } from 'node:crypto';

import { makeId } from '../../lib/ids';

/** A new random id with the given prefix. */
export function newId<P extends Parameters<typeof makeId>[0]>(prefix: P): ReturnType<typeof makeId<P>> {
  return makeId(prefix, randomBytes(16));
}
