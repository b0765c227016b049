import type { Remedy } from '../../../lib/artifact/anomaly-remedy';

/** What a remedy is called, and what it means for the data that come. */
export const REMEDY_WORDS: { readonly [R in Remedy]: { readonly title: string; readonly help: string } } = {
  update: { title: 'Accept into the schema', help: 'The schema says that these data are right.' },
  unlisted: {
    title: 'Allow a few unknown values',
    help: 'The list stays; as large a share as here may be outside it (min_domain_mass).',
  },
  anyValue: { title: 'Allow any value', help: 'The values of this feature are checked no longer.' },
  optional: { title: 'Make it optional', help: 'The feature stays in the schema and may be missing.' },
  elsewhere: {
    title: 'Do not expect it here',
    help: 'It is expected in other environments alone, such as a label that is not served.',
  },
  retype: { title: 'Take the type of the data', help: 'The feature is expected with this type from now on.' },
};
