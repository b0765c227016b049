'use client';

import { Check, OctagonX, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';

import type { AnomalyItem } from '../../../lib/artifact/anomaly-report';
import { formatCount, formatQuantity } from '../../../lib/format/number';
import type { LoadedAnomalies } from './loaded-anomalies';

/** Props of {@link AnomalyList}. */
export type AnomalyListProps = {
  readonly list: LoadedAnomalies;
  readonly chosen: string | undefined;
  readonly onChoose: (path: string) => void;
  /** Paths of those that are to be accepted together. */
  readonly marked: ReadonlySet<string>;
  readonly onMark: (paths: ReadonlySet<string>) => void;
};

/** Filtering pays from so many on. */
const FILTERED_FROM = 8;

/** Errors, warnings, what was decided, and what is clean. */
export function AnomalyList({ list, chosen, onChoose, marked, onMark }: AnomalyListProps) {
  const [search, setSearch] = useState('');
  const id = useId();
  const text = search.toLocaleLowerCase('en');
  const shown = list.items.filter(
    (item) =>
      item.feature.toLocaleLowerCase('en').includes(text) ||
      item.splits.some(({ shortDescription }) => shortDescription.toLocaleLowerCase('en').includes(text)),
  );
  return (
    <nav
      aria-label="Anomalies"
      className="border-b pb-3 max-tablet:max-h-[45vh] max-tablet:overflow-y-auto tablet:min-h-0 tablet:overflow-y-auto tablet:border-r tablet:border-b-0"
    >
      {list.items.length >= FILTERED_FROM && (
        <div className="px-4 pt-3 tablet:px-5">
          <label htmlFor={id} className="sr-only">
            Filter anomalies by feature or finding
          </label>
          <input
            id={id}
            type="search"
            dir="auto"
            value={search}
            placeholder={`Filter ${formatCount(list.items.length)} anomalies`}
            onChange={(event) => {
              setSearch(event.target.value);
            }}
            className="h-7 w-full rounded-control border border-border bg-surface px-2 text-12 placeholder:text-text-3 max-tablet:h-11"
          />
        </div>
      )}
      {shown.length > 1 && (
        <MarkAll
          paths={shown.filter((item) => isAcceptable(item, list)).map(({ path }) => path)}
          marked={marked}
          onMark={onMark}
        />
      )}
      {(['ERROR', 'WARNING'] as const).map((severity) => {
        const items = shown.filter((item) => item.severity === severity);
        return (
          items.length > 0 && (
            <section key={severity}>
              <Heading title={severity === 'ERROR' ? 'Errors' : 'Warnings'} count={items.length} />
              <ul>
                {items.map((item) => (
                  <ItemRow
                    key={item.path}
                    item={item}
                    isChosen={item.path === chosen}
                    list={list}
                    onChoose={onChoose}
                    {...(list.items.length > 1 && {
                      isMarked: marked.has(item.path),
                      onMark: (isMarked: boolean) => {
                        const others = [...marked].filter((path) => path !== item.path);
                        onMark(new Set(isMarked ? [...others, item.path] : others));
                      },
                    })}
                  />
                ))}
              </ul>
            </section>
          )
        );
      })}
      {list.items.length > 0 && shown.length === 0 && (
        <p className="px-5 pt-3 text-12 text-text-3">No anomaly is like that.</p>
      )}
      {list.truncated && (
        <p className="px-5 pt-3 text-12 text-text-3">More were found; the export holds all of them.</p>
      )}
      <Decided list={list} />
      <Heading title="Clean" count={list.cleanCount} />
      <p className="px-5 text-12 text-text-2">
        {formatQuantity(list.cleanCount, 'feature agrees', 'features agree')} with the schema in every split.
      </p>
      {list.clean.length > 0 && (
        <details className="px-5 pt-1 text-12 text-text-3">
          <summary className="rounded-control hover:text-text">Which ones</summary>
          <ul>
            {list.clean.map((name) => (
              <li key={name} dir="auto" title={name} className="truncate">
                {name}
              </li>
            ))}
          </ul>
        </details>
      )}
    </nav>
  );
}

function Heading({ title, count }: { readonly title: string; readonly count: number }) {
  return (
    <h2 className="flex items-baseline justify-between px-5 pt-3 pb-1 text-12 text-text-2">
      {title}
      <span className="text-text-3">{formatCount(count)}</span>
    </h2>
  );
}

type MarkAllProps = Pick<AnomalyListProps, 'marked' | 'onMark'> & { readonly paths: readonly string[] };

function MarkAll({ paths, marked, onMark }: MarkAllProps) {
  if (paths.length === 0) return null;
  return (
    <label className="flex min-h-8 items-center gap-2 px-5 pt-2 text-12 text-text-2 max-tablet:min-h-11">
      <input
        type="checkbox"
        checked={paths.every((path) => marked.has(path))}
        onChange={(event) => {
          onMark(new Set(event.target.checked ? paths : []));
        }}
        className="size-4 accent-accent"
      />
      Choose {paths.length === 1 ? 'it' : `all ${formatCount(paths.length)}`} to accept together
    </label>
  );
}

/** True where a schema can take the anomaly in and has not yet. */
function isAcceptable({ path }: AnomalyItem, list: LoadedAnomalies): boolean {
  return path !== '' && acceptedIn(list, path) === undefined;
}

type ItemRowProps = Pick<AnomalyListProps, 'list' | 'onChoose'> & {
  readonly item: AnomalyItem;
  readonly isChosen: boolean;
  readonly isMarked?: boolean;
  /** Absent where there is but one. */
  readonly onMark?: (isMarked: boolean) => void;
};

function ItemRow({ item, isChosen, list, onChoose, isMarked = false, onMark }: ItemRowProps) {
  const { path, feature, severity, splits, since } = item;
  const accepted = acceptedIn(list, path);
  const Icon = severity === 'ERROR' ? OctagonX : TriangleAlert;
  const shorts = [...new Set(splits.map(({ shortDescription }) => shortDescription))].join(', ');
  return (
    <li className="relative">
      {onMark !== undefined && isAcceptable(item, list) && (
        <label className="absolute top-0 left-0 grid h-full w-10 place-content-start pt-2.5 pl-5">
          <span className="sr-only">Choose {feature === '' ? 'the whole dataset' : feature}</span>
          <input
            type="checkbox"
            checked={isMarked}
            onChange={(event) => {
              onMark(event.target.checked);
            }}
            className="size-4 accent-accent"
          />
        </label>
      )}
      <button
        type="button"
        {...(isChosen && { 'aria-current': 'true' as const })}
        onClick={() => {
          onChoose(path);
        }}
        className={`flex w-full items-start gap-2 py-2 pr-5 ${onMark === undefined ? 'pl-5' : 'pl-11'} text-left text-12 -outline-offset-2 hover:bg-hover aria-[current]:bg-selected aria-[current]:shadow-[inset_3px_0_var(--accent)]`}
      >
        <Icon
          size={14}
          aria-label={severity === 'ERROR' ? 'Error' : 'Warning'}
          className={`mt-0.5 ${severity === 'ERROR' ? 'text-st-failed' : 'text-st-warning'}`}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span dir="auto" title={feature} className="min-w-0 flex-1 truncate text-13 font-semibold">
              {feature === '' ? 'The whole dataset' : feature}
            </span>
            {since !== undefined && <span className="flex-none text-11 text-text-3">since run {since.runNumber}</span>}
          </span>
          <span className="block truncate text-text" title={shorts}>
            {shorts}
          </span>
          <span className="block truncate text-text-2" title={splits[0]?.finding}>
            {splits.map(({ split }) => split).join(', ')}: {splits[0]?.finding}
          </span>
          {accepted !== undefined && (
            <span className="flex items-center gap-1 text-st-complete">
              <Check size={12} aria-hidden="true" />
              accepted in schema {accepted}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}

/** The version into which this anomaly of this artifact was accepted; undefined where it was not. */
export function acceptedIn({ acceptedHere }: LoadedAnomalies, path: string): number | undefined {
  return acceptedHere.find((each) => each.path === path)?.schemaVersion;
}

const DECISIONS_SHOWN = 20;

function Decided({ list: { decisions } }: { readonly list: LoadedAnomalies }) {
  if (decisions.length === 0) return null;
  return (
    <section>
      <Heading title="Decided" count={decisions.length} />
      <ul aria-label="Decisions">
        {decisions.slice(0, DECISIONS_SHOWN).map(({ id, anomaly, author, runNumber, schemaVersion, createdAt }) => (
          <li key={id} className="flex items-start gap-2 px-5 py-1.5 text-12">
            <Check size={14} aria-hidden="true" className="mt-0.5 text-text-3" />
            <span className="min-w-0">
              <span dir="auto" title={anomaly.path} className="block truncate text-13 font-medium text-text-2">
                {anomaly.path}
              </span>
              <span className="block truncate text-text-3">{anomaly.shortDescription}</span>
              <span title={createdAt} className="block truncate text-text-3">
                accepted by {author} in run {runNumber}, schema {schemaVersion}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
