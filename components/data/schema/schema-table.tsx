'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type CSSProperties, type KeyboardEvent } from 'react';

import type { DataSchema } from '../../../lib/artifact/data-schema';
import { ASPECT_LABELS } from '../../../lib/artifact/schema-change';
import type { SchemaRow, SchemaSort } from '../../../lib/artifact/schema-rows';
import { FEATURE_ASPECTS, featureWords, NOT_CHECKED, type FeatureAspect } from '../../../lib/artifact/schema-words';

/** Props of {@link SchemaTable}. */
export type SchemaTableProps = {
  readonly schema: DataSchema;
  readonly rows: readonly SchemaRow[];
  /** Names of features that differ from the version that is edited. */
  readonly changed: ReadonlySet<string>;
  /** Place of the chosen feature in the schema. */
  readonly chosen: number | undefined;
  readonly onChoose: (index: number) => void;
  readonly sort: SchemaSort;
  readonly isDescending: boolean;
  readonly onSort: (sort: SchemaSort) => void;
};

const ROW_PX = 32;
const WIDTHS: { readonly [A in FeatureAspect]: string } = {
  type: 'w-20',
  presence: 'w-44',
  valency: 'w-32',
  domain: 'w-44',
  environments: 'w-32',
  drift: 'w-28',
  skew: 'w-28',
  stage: 'w-24',
};

/** One row per feature; only those in view are drawn. Arrow keys walk, Enter opens. */
export function SchemaTable(props: SchemaTableProps) {
  const { rows, schema, chosen, onChoose } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const walk = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const at = rows.findIndex(({ index }) => index === chosen);
    const next = Math.max(0, Math.min(rows.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
    const row = rows[next];
    if (row === undefined) return;
    event.preventDefault();
    virtual.scrollToIndex(next);
    onChoose(row.index);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-feature-index="${row.index}"]`)?.focus();
    });
  };
  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Schema"
      // A wide table scrolls, which the keyboard must be able to do too.
      tabIndex={0}
      className="min-h-0 min-w-0 flex-1 overflow-auto -outline-offset-2"
    >
      <table aria-rowcount={rows.length + 1} className="w-full min-w-[1060px] table-fixed text-12 max-tablet:min-w-0">
        <caption className="sr-only">Features of the schema</caption>
        <thead>
          <tr className="sticky top-0 h-8 bg-surface text-11 text-text-3 shadow-[inset_0_-1px_var(--border)]">
            <SortHead {...props} column="name" label="Feature" width="pl-5 w-60 max-tablet:w-auto" />
            {FEATURE_ASPECTS.map((aspect) => (
              <SortHead
                key={aspect}
                {...props}
                column={aspect}
                label={ASPECT_LABELS[aspect]}
                width={`${WIDTHS[aspect]} ${aspect === 'type' ? '' : 'max-tablet:hidden'}`}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} />
          {items.map(({ index: at }) => {
            const row = rows[at];
            return (
              row !== undefined && (
                <FeatureRow key={row.index} row={row} rowNumber={at + 2} schema={schema} table={props} onWalk={walk} />
              )
            );
          })}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return <tr aria-hidden="true" style={{ '--gap': `${height}px` } as CSSProperties} className="h-(--gap)" />;
}

type SortHeadProps = SchemaTableProps & {
  readonly column: Exclude<SchemaSort, 'file'>;
  readonly label: string;
  readonly width: string;
};

function SortHead({ column, label, width, sort, isDescending, onSort }: SortHeadProps) {
  const isSorted = sort === column;
  return (
    <th
      scope="col"
      className={`pr-3 ${width} ${isSorted ? 'font-semibold text-text-2' : ''}`}
      {...(isSorted && { 'aria-sort': isDescending ? ('descending' as const) : ('ascending' as const) })}
    >
      <button
        type="button"
        onClick={() => {
          onSort(column);
        }}
        className="max-w-full truncate rounded-control -outline-offset-1 hover:text-text"
      >
        {label}
        {isSorted && <span aria-hidden="true">{isDescending ? ' ↓' : ' ↑'}</span>}
      </button>
    </th>
  );
}

type FeatureRowProps = {
  readonly row: SchemaRow;
  readonly rowNumber: number;
  readonly schema: DataSchema;
  readonly table: SchemaTableProps;
  readonly onWalk: (event: KeyboardEvent) => void;
};

function FeatureRow({ row: { index, feature, foundValue }, rowNumber, schema, table, onWalk }: FeatureRowProps) {
  const words = featureWords(feature, schema);
  const name = feature.name ?? '';
  const isChosen = index === table.chosen;
  const isChanged = table.changed.has(name);
  return (
    <tr
      aria-rowindex={rowNumber}
      aria-selected={isChosen}
      onClick={() => {
        table.onChoose(index);
      }}
      className="h-8 border-b hover:bg-hover aria-selected:bg-selected aria-selected:shadow-[inset_3px_0_var(--accent)]"
    >
      <th scope="row" className={`pr-3 pl-5 ${isChanged ? 'font-semibold' : 'font-medium'}`}>
        <button
          type="button"
          onKeyDown={onWalk}
          data-feature-index={index}
          title={name}
          className="flex w-full min-w-0 items-center gap-1.5 rounded-control text-left"
        >
          {isChanged && (
            <span title="Changed" className="size-1.5 flex-none rounded-card bg-accent">
              <span className="sr-only">Changed: </span>
            </span>
          )}
          <span dir="auto" className="min-w-0 truncate">
            {name === '' ? 'no name' : name}
          </span>
        </button>
      </th>
      {FEATURE_ASPECTS.map((aspect) => {
        const text = aspect === 'domain' && foundValue !== undefined ? `${words.domain}: ${foundValue}` : words[aspect];
        return (
          <td
            key={aspect}
            title={text}
            className={`truncate pr-3 ${isQuiet(words[aspect]) ? 'text-text-3' : ''} ${aspect === 'type' ? '' : 'max-tablet:hidden'}`}
          >
            {text}
          </td>
        );
      })}
    </tr>
  );
}

/** What most features say is told in grey. */
function isQuiet(words: string): boolean {
  return words === NOT_CHECKED || words === 'any' || words === 'all default' || words === 'in use';
}
