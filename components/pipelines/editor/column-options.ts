import { isRecord } from '../../../lib/catalog/param-values';
import type { Json } from '../../../lib/catalog/params-form';
import type { JsonPath } from '../../../lib/json/json-path';
import type { Arriving } from '../../../lib/pipeline/arriving-columns';
import type { Option } from '../../ui/form/option-list';

/** What arrives, as options to choose from: columns with their kind, or splits. */
export function toOptions(arriving: Arriving, what: 'columns' | 'splits'): readonly Option[] {
  if (arriving.state !== 'known') return [];
  if (what === 'splits') return arriving.splits.map((value) => ({ value }));
  return arriving.columns.map(({ name, kind }) => ({ value: name, detail: kind === 'NONE' ? 'blank' : kind }));
}

/** Said where there is nothing to offer. */
export function emptyColumnsText(arriving: Arriving): string {
  switch (arriving.state) {
    case 'asking':
      return 'Looking at what arrives…';
    case 'unknown':
      return arriving.reason;
    case 'known':
      return 'Nothing arrives here.';
  }
}

/** Where the options were seen, for the foot of their list. */
export function originNote(arriving: Arriving): string | undefined {
  if (arriving.state !== 'known') return undefined;
  return arriving.isCurrent ? `Seen in ${arriving.seenIn}` : `Seen in ${arriving.seenIn}; the node has changed since`;
}

/** Names that the node gives itself, as options; not the one inside which the field stands. */
export function toKeyOptions(own: Json | undefined, path: JsonPath): readonly Option[] {
  if (!isRecord(own)) return [];
  return Object.keys(own)
    .filter((value) => !path.includes(value))
    .map((value) => ({ value, detail: 'feature' }));
}

/** Features of a transform graph that a text may name as well as a column; each name once. */
export function withFeatures(options: readonly Option[], features: readonly string[]): readonly Option[] {
  const names = new Set(options.map(({ value }) => value));
  return [...options, ...features.filter((value) => !names.has(value)).map((value) => ({ value, detail: 'feature' }))];
}
