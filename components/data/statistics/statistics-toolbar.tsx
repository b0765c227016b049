'use client';

import { ChevronDown, Search, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import type { StatisticsPage } from '../../../lib/artifact/statistics-table';
import { formatCount, formatQuantity } from '../../../lib/format/number';
import { splitNames } from '../../../lib/run/run-words';
import { ROW_SORTS, ROW_TYPES, type RowSort } from '../../../lib/stats/order-rows';
import { Menu } from '../../ui/menu';
import { Select } from '../../ui/select';
import { CompareMenu, type CompareMenuProps } from './compare-menu';

/** Props of {@link StatisticsToolbar}. */
export type StatisticsToolbarProps = CompareMenuProps & {
  readonly head: StatisticsPage | undefined;
  readonly names: readonly string[];
  readonly alarming: number;
  readonly loaded: number;
};

const ANY = 'all';
const SORT_WORDS: Record<RowSort, string> = {
  alarming: 'alarming first',
  order: 'as stored',
  name: 'name',
  missing: 'missing',
  zeros: 'zeros',
  nonUniformity: 'non-uniformity',
  distance: 'distance',
};

/** What is shown, and how. */
export function StatisticsToolbar(props: StatisticsToolbarProps) {
  const { artifact, family, address, head, names, alarming, loaded } = props;
  const { choice, scale, bins, datasets, change } = address;
  const total = head?.total ?? 0;
  return (
    <div className="flex min-h-11 flex-none flex-wrap items-center gap-2 border-b px-4 py-2 tablet:px-5">
      <Legend {...props} />
      <CompareMenu artifact={artifact} family={family} address={address} />
      <Slices {...props} />
      {head !== undefined && loaded < total && (
        <span role="status" className="text-12 text-text-3">
          {formatCount(loaded)} of {formatQuantity(total, 'feature')} loaded
        </span>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <label className="relative inline-flex h-7 items-center rounded-control border border-border bg-surface focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent max-tablet:h-11">
          <Search size={14} aria-hidden="true" className="absolute left-2 text-text-3" />
          <span className="sr-only">Filter features by name</span>
          <input
            type="search"
            dir="auto"
            value={choice.text}
            placeholder={`Filter ${formatQuantity(total, 'feature')}`}
            onChange={(event) => {
              change({ q: event.target.value === '' ? undefined : event.target.value });
            }}
            className="h-full w-44 bg-transparent pr-2 pl-7 text-12 outline-none placeholder:text-text-3"
          />
        </label>
        <span className="contents max-tablet:hidden">
          <Select
            label="type"
            value={choice.type ?? ANY}
            options={[
              { value: ANY, label: 'all' },
              ...ROW_TYPES.map((value) => ({ value, label: value.toLowerCase() })),
            ]}
            onChange={(type) => {
              change({ type: type === ANY ? undefined : type });
            }}
          />
        </span>
        <Toggle
          isOn={choice.onlyAlarming}
          onChange={(isOn) => {
            change({ alarming: isOn ? '1' : undefined });
          }}
        >
          <TriangleAlert size={14} aria-hidden="true" />
          Only alarming
          <span className="font-normal text-text-3">{formatCount(alarming)}</span>
        </Toggle>
        <Select
          label="sort"
          value={choice.sort}
          options={ROW_SORTS.filter((sort) => sort !== 'distance' || datasets.length > 1).map((value) => ({
            value,
            label: SORT_WORDS[value],
          }))}
          onChange={(sort) => {
            change({ sort, reverse: undefined });
          }}
        />
        <span role="group" aria-label="Bars" className="inline-flex gap-px max-tablet:hidden">
          <Toggle
            isOn={bins === 'equal'}
            onChange={() => {
              change({ bins: undefined, bar: undefined });
            }}
          >
            Equal width
          </Toggle>
          <Toggle
            isOn={bins === 'quantiles'}
            onChange={() => {
              change({ bins: 'quantiles', bar: undefined });
            }}
          >
            Deciles
          </Toggle>
        </span>
        <span role="group" aria-label="Heights" className="inline-flex gap-px max-tablet:hidden">
          <Toggle
            isOn={scale.isLog}
            label="log: heights by logarithm"
            onChange={(isOn) => {
              change({ log: isOn ? '1' : undefined });
            }}
          >
            log
          </Toggle>
          <Toggle
            isOn={scale.isShare}
            label="%: shares instead of counts"
            onChange={(isOn) => {
              change({ share: isOn ? '1' : '0' });
            }}
          >
            %
          </Toggle>
        </span>
      </div>
      <p className="sr-only">{names.join(' compared with ')}</p>
    </div>
  );
}

type ToggleProps = {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly label?: string;
  readonly children: ReactNode;
};

function Toggle({ isOn, onChange, label, children }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={label}
      onClick={() => {
        onChange(!isOn);
      }}
      className="inline-flex h-7 items-center gap-1.5 rounded-control border border-border bg-surface px-2.5 text-12 font-medium whitespace-nowrap text-text-2 hover:bg-hover aria-pressed:bg-n-150 aria-pressed:font-semibold aria-pressed:text-text max-tablet:h-11"
    >
      {children}
    </button>
  );
}

/** The datasets with their marks; the first one can be another split. */
function Legend({ artifact, address, head, names }: StatisticsToolbarProps) {
  const splits = splitNames(artifact);
  const rows = (at: number) => {
    const examples = head?.datasets[at]?.examples;
    return examples === undefined ? '' : formatQuantity(examples, 'row');
  };
  const first = (
    <>
      <svg width="14" height="12" aria-hidden="true">
        <path d="M1 12V2h5v10zM8 12V5h5v7z" className="fill-c-train-soft" />
      </svg>
      <bdi className="max-w-40 truncate font-medium">{names[0]}</bdi>
      <span className="text-text-3">{rows(0)}</span>
    </>
  );
  return (
    <span className="flex flex-wrap items-center gap-4 text-12">
      {splits.length > 1 ? (
        <Menu
          trigger={
            <button type="button" className="flex items-center gap-1.5 rounded-control max-tablet:h-11">
              <span className="sr-only">First dataset: </span>
              {first}
              <ChevronDown size={12} aria-hidden="true" className="text-text-3" />
            </button>
          }
          entries={() =>
            splits.map((split) => ({
              ...({ type: 'item', id: split, label: split } as const),
              onSelect: () => {
                address.change({ split, bar: undefined });
              },
            }))
          }
        />
      ) : (
        <span className="flex items-center gap-1.5">{first}</span>
      )}
      {names.length > 1 && (
        <span className="flex items-center gap-1.5">
          <svg width="16" height="12" aria-hidden="true">
            <path d="M1 10h6V2h8" fill="none" strokeWidth="1.5" className="stroke-c-eval" />
          </svg>
          <bdi className="max-w-60 truncate font-medium">{names[1]}</bdi>
          <span className="text-text-3">{rows(1)}</span>
        </span>
      )}
    </span>
  );
}

/** Chooses a slice where the statistics have several. */
function Slices({ address, head }: StatisticsToolbarProps) {
  const [first] = head?.datasets ?? [];
  if (first === undefined || first.slices.length === 0) return null;
  return (
    <Select
      label="slice"
      value={first.slice}
      options={first.slices.map((slice) => ({ value: slice, label: slice }))}
      onChange={(slice) => {
        address.change({ slice, bar: undefined });
      }}
    />
  );
}
