import { AppError } from '../../lib/errors';
import { parseVersionReference, type VersionReference } from '../../lib/model/model';

/** The version that a person names on the command line. Throws `invalid-input`. */
export function referenceOf(name: string): VersionReference {
  const reference = parseVersionReference(name);
  if (reference !== undefined) return reference;
  throw new AppError('invalid-input', `"${name}" names no version.`, {
    nextStep: 'Write NAME@3, NAME@champion, or the id of a version.',
  });
}
