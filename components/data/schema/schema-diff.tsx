'use client';

import { useMemo, useState } from 'react';

import type { DataSchema } from '../../../lib/artifact/data-schema';
import { compareSchemas, diffSchemaTexts, type SchemaChange } from '../../../lib/artifact/schema-change';
import { formatCount, formatQuantity } from '../../../lib/format/number';
import { toHunks, type DiffLine } from '../../../lib/text/line-diff';
import { Tabs } from '../../ui/tabs';

/** Props of {@link SchemaDiff}. */
export type SchemaDiffProps = { readonly before: DataSchema; readonly after: DataSchema };

type View = 'words' | 'text';

/** What differs between two schemas: in words by feature, and line by line. */
export function SchemaDiff({ before, after }: SchemaDiffProps) {
  const [view, setView] = useState<View>('words');
  const changes = useMemo(() => compareSchemas(before, after), [before, after]);
  return (
    <div className="h-[min(46vh,420px)] rounded-control border">
      <Tabs<View>
        label="What differs"
        value={view}
        onChange={setView}
        items={[
          { id: 'words', label: 'By feature', count: changes.length, content: () => <ChangeList changes={changes} /> },
          { id: 'text', label: 'schema.pbtxt', content: () => <TextDiff before={before} after={after} /> },
        ]}
      />
    </div>
  );
}

/** Changes that are drawn; more are counted. */
const SHOWN = 300;

/** Changes in words, feature by feature. */
export function ChangeList({ changes }: { readonly changes: readonly SchemaChange[] }) {
  if (changes.length === 0) return <p className="px-4 py-3 text-text-2">Nothing differs.</p>;
  return (
    <ul aria-label="Changes by feature" className="text-12">
      {changes.slice(0, SHOWN).map((change) => (
        <li key={change.feature ?? ''} className="border-b px-4 py-2 last:border-b-0">
          <p className="flex items-baseline gap-2">
            <span dir="auto" title={change.feature} className="min-w-0 truncate font-semibold">
              {change.feature ?? 'The whole dataset'}
            </span>
            {change.kind !== 'changed' && (
              <span className={change.kind === 'added' ? 'text-st-complete' : 'text-st-failed'}>
                {change.kind === 'added' ? 'new feature' : 'removed'}
              </span>
            )}
          </p>
          <ChangeDetails change={change} />
        </li>
      ))}
      {changes.length > SHOWN && (
        <li className="px-4 py-2 text-text-3">
          {SHOWN} of {formatQuantity(changes.length, 'change')} shown; the text holds all of them.
        </li>
      )}
    </ul>
  );
}

function ChangeDetails({
  change: { differences, addedValues, removedValues, kind },
}: {
  readonly change: SchemaChange;
}) {
  if (kind === 'removed') return null;
  return (
    <>
      {differences.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
          {differences.map(({ label, before, after }) => (
            <div key={label} className="contents">
              <dt className="text-text-3">{label}</dt>
              <dd className="break-words">
                {before !== undefined && (
                  <>
                    <del className="text-text-3">{before}</del>
                    <span aria-hidden="true" className="text-text-3">
                      {' → '}
                    </span>
                  </>
                )}
                <ins className="font-medium no-underline">{after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ValueList values={addedValues} sign="+" look="text-st-complete" />
      <ValueList values={removedValues} sign="−" look="text-st-failed" />
    </>
  );
}

const VALUES_SHOWN = 8;

type ValueListProps = { readonly values: readonly string[]; readonly sign: string; readonly look: string };

function ValueList({ values, sign, look }: ValueListProps) {
  const [isOpen, setOpen] = useState(false);
  if (values.length === 0) return null;
  const shown = isOpen ? values : values.slice(0, VALUES_SHOWN);
  return (
    <ul aria-label={sign === '+' ? 'Added values' : 'Removed values'} className={`mt-1 font-mono text-11 ${look}`}>
      {shown.map((value) => (
        <li key={value} className="flex gap-1.5">
          <span aria-hidden="true">{sign}</span>
          <span dir="auto" title={value} className="min-w-0 truncate">
            “{value}”
          </span>
        </li>
      ))}
      {values.length > shown.length && (
        <li>
          <button
            type="button"
            onClick={() => {
              setOpen(true);
            }}
            className="rounded-control hover:underline"
          >
            {sign} {formatCount(values.length - shown.length)} more
          </button>
        </li>
      )}
    </ul>
  );
}

const LINE_LOOKS: { readonly [K in DiffLine['kind']]: string } = {
  same: 'text-text-2',
  added: 'bg-st-complete-soft text-st-complete',
  removed: 'bg-st-failed-soft text-st-failed',
};
const SIGNS: { readonly [K in DiffLine['kind']]: string } = { same: ' ', added: '+', removed: '−' };
/** Lines that are drawn; a browser need not lay out more than a person reads. */
const LINES_SHOWN = 2_000;

function TextDiff({ before, after }: SchemaDiffProps) {
  const hunks = useMemo(() => toHunks(diffSchemaTexts(before, after)), [before, after]);
  let room = LINES_SHOWN;
  return (
    <pre aria-label="Difference of schema.pbtxt" className="py-2 font-mono text-11">
      {hunks.map((hunk, at) => {
        if ('skipped' in hunk)
          return (
            // oxlint-disable-next-line react/no-array-index-key -- parts have no other identity than their place
            <span key={at} className="block px-4 text-text-3">
              {formatQuantity(hunk.skipped, 'line')} the same
            </span>
          );
        const lines = hunk.lines.slice(0, Math.max(0, room));
        room -= hunk.lines.length;
        return lines.map(({ kind, text }, line) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- see above
            key={`${at} ${line}`}
            dir="auto"
            className={`block px-4 break-words whitespace-pre-wrap ${LINE_LOOKS[kind]}`}
          >
            {SIGNS[kind]} {text}
          </span>
        ));
      })}
      {room < 0 && <span className="block px-4 text-text-3">{formatQuantity(-room, 'more line')} not shown.</span>}
    </pre>
  );
}
