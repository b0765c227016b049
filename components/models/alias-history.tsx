import { Tag } from 'lucide-react';

import { aliasChangeWords, type AliasChange, type ModelVersion } from '../../lib/model/model';
import { Moment } from '../ui/moment';

/** Props of {@link AliasHistory}. */
export type AliasHistoryProps = {
  readonly changes: readonly AliasChange[];
  readonly versions: readonly ModelVersion[];
  readonly onChoose: (version: ModelVersion) => void;
};

/** What was done to the aliases and what was pushed, newest first. */
export function AliasHistory({ changes, versions, onChoose }: AliasHistoryProps) {
  const entries = [
    ...changes.map((change) => ({ type: 'alias' as const, at: change.createdAt, change })),
    ...versions.map((version) => ({ type: 'pushed' as const, at: version.createdAt, version })),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <section aria-label="History" className="min-w-0 px-5 py-4 desktop:border-r desktop:border-border">
      <h2 className="pb-1.5 text-13 font-semibold">History</h2>
      <ol className="text-12">
        {entries.slice(0, SHOWN).map((entry) =>
          entry.type === 'alias' ? (
            <li
              key={`alias ${entry.change.id}`}
              className="grid grid-cols-[16px_104px_minmax(0,1fr)_auto] gap-x-2 py-1"
            >
              <Tag size={14} strokeWidth={1.75} aria-hidden="true" className="mt-px text-accent" />
              <span className="text-text-3">
                <Moment at={entry.at} />
              </span>
              <span className="min-w-0">
                {aliasChangeWords(entry.change)}
                {entry.change.note !== '' && (
                  <span dir="auto" className="block break-words text-text-2">
                    “{entry.change.note}”
                  </span>
                )}
              </span>
              <span className="text-text-3">{entry.change.author}</span>
            </li>
          ) : (
            <li key={entry.version.id} className="grid grid-cols-[16px_104px_minmax(0,1fr)_auto] gap-x-2 py-1">
              <span aria-hidden="true" className="mt-1 ml-1 size-1.5 rounded-full bg-n-400" />
              <span className="text-text-3">
                <Moment at={entry.at} />
              </span>
              <button
                type="button"
                onClick={() => {
                  onChoose(entry.version);
                }}
                className="justify-self-start text-left hover:underline"
              >
                v{entry.version.number} was pushed
              </button>
              <span className="text-text-3">run {entry.version.run.number}</span>
            </li>
          ),
        )}
      </ol>
      {entries.length > SHOWN && (
        <p className="pt-1 text-12 text-text-3">
          {SHOWN} of {entries.length} shown
        </p>
      )}
    </section>
  );
}

/** Entries that are shown. */
const SHOWN = 40;
