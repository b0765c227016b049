'use client';

import { ArrowDown, ArrowUp, Download, Search } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';

import { formatBytes, formatCount, formatQuantity } from '../../lib/format/number';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { findLines, logLines, logText } from '../../lib/run/log-lines';
import { isFinalRunState } from '../../lib/run/run';
import type { RunEvent } from '../../lib/run/run-event';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { RecordLines } from './record-lines';
import { saveText } from './save-text';

/** Props of {@link RunLog}. */
export type RunLogProps = {
  readonly run: RunSnapshot;
  readonly nodes: readonly string[];
  readonly events: readonly RunEvent[];
  /** Shows this node's lines only. */
  readonly selected: string | undefined;
  readonly onSelect: (node: string | undefined) => void;
  /** Brings in what is not there yet; undefined when all is. */
  readonly loadEarlier: (() => void) | undefined;
};

const EVERY = '';
const LATEST = 'every';

/** What the nodes of a run said: live, kept, searched, saved. */
export function RunLog({ run, nodes, events, selected, onSelect, loadEarlier }: RunLogProps) {
  const [attempt, setAttempt] = useState<number>();
  const [find, setFind] = useState('');
  const [at, setAt] = useState(0);
  const isOver = isFinalRunState(run.state);
  const [follow, setFollow] = useState(!isOver);
  const attempts = selected === undefined ? 0 : (run.nodes[selected]?.attempts.length ?? 0);
  const chosen = attempt !== undefined && attempt <= attempts ? attempt : undefined;
  const lines = logLines(events, { node: selected, attempt: chosen });
  const found = findLines(lines, find);
  const place = found.length === 0 ? 0 : Math.min(at, found.length - 1);
  const step = (by: number) => {
    if (found.length === 0) return;
    setFollow(false);
    setAt((place + by + found.length) % found.length);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const text = () => logText(lines);
  return (
    <>
      <div className="flex flex-none flex-wrap items-center gap-2 px-4 py-1.5 tablet:px-5">
        <Select
          label="node"
          value={selected ?? EVERY}
          options={[{ value: EVERY, label: 'every' }, ...nodes.map((value) => ({ value, label: value }))]}
          onChange={(node) => {
            onSelect(node === EVERY ? undefined : node);
          }}
        />
        {attempts > 0 && (
          <Select
            label="attempt"
            value={chosen === undefined ? LATEST : String(chosen)}
            options={[
              { value: LATEST, label: attempts === 1 ? '1 of 1' : `all ${attempts}` },
              ...Array.from({ length: attempts > 1 ? attempts : 0 }, (_, index) => ({
                value: String(index + 1),
                label: `${index + 1} of ${attempts}`,
              })),
            ]}
            onChange={(value) => {
              setAttempt(value === LATEST ? undefined : Number(value));
            }}
          />
        )}
        <span className="relative inline-flex h-7 min-w-0 flex-[0_1_240px] items-center rounded-control border border-border bg-surface text-12 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent max-tablet:h-11">
          <Search size={14} aria-hidden="true" className="ml-2 text-text-3" />
          <input
            type="search"
            aria-label="Find in the log"
            placeholder={lines.length === 0 ? 'Find' : `Find in ${formatQuantity(lines.length, 'line')}`}
            value={find}
            onChange={(event) => {
              setFind(event.target.value);
              setAt(0);
              setFollow(false);
            }}
            onKeyDown={onKey}
            className="h-full min-w-0 flex-1 bg-transparent px-1.5 outline-none placeholder:text-text-3"
          />
        </span>
        {find.trim() !== '' && (
          <span className="flex items-center gap-1 text-12 text-text-2">
            <span role="status">
              {found.length === 0 ? 'not found' : `${formatCount(place + 1)} of ${formatCount(found.length)}`}
            </span>
            <Button
              size="small"
              look="quiet"
              aria-label="Found before"
              disabled={found.length === 0}
              onClick={() => step(-1)}
            >
              <ArrowUp size={14} aria-hidden="true" />
            </Button>
            <Button
              size="small"
              look="quiet"
              aria-label="Found next"
              disabled={found.length === 0}
              onClick={() => step(1)}
            >
              <ArrowDown size={14} aria-hidden="true" />
            </Button>
          </span>
        )}
        <span className="ml-auto flex items-center gap-2 text-12 text-text-3">
          {!isOver && (
            <label className="flex items-center gap-1.5 text-text-2 max-tablet:min-h-11">
              <input
                type="checkbox"
                checked={follow}
                onChange={(event) => {
                  setFollow(event.target.checked);
                }}
                className="size-4 accent-accent"
              />
              Follow
            </label>
          )}
          {lines.length > 0 && (
            <>
              <span className="max-tablet:hidden">
                {isOver ? 'kept' : 'live'}, {formatBytes(new Blob([text()]).size)}
              </span>
              <Button
                size="small"
                look="quiet"
                onClick={() => {
                  saveText(
                    `run-${run.runNumber}${selected === undefined ? '' : `-${selected}`}.log`,
                    text(),
                    'text/plain',
                  );
                }}
              >
                <Download size={14} aria-hidden="true" />
                Download
              </Button>
            </>
          )}
        </span>
      </div>
      {loadEarlier !== undefined && <Earlier onLoad={loadEarlier} first={events[0]?.seq ?? 1} />}
      {lines.length === 0 ? (
        <p className="px-4 py-1 text-12 text-text-3 tablet:px-5">
          {isOver ? 'Nothing logged.' : 'Nothing logged yet.'}
        </p>
      ) : (
        <RecordLines
          label={selected === undefined ? 'Log' : `Log of ${selected}`}
          lines={lines.map(({ message, ...line }) => ({ ...line, text: message }))}
          find={find}
          current={find.trim() === '' ? undefined : found[place]}
          follow={follow}
          onFollow={setFollow}
        />
      )}
    </>
  );
}

/** Says that the record begins before what is shown, and brings it in. */
export function Earlier({ onLoad, first }: { readonly onLoad: () => void; readonly first: number }) {
  return (
    <p className="flex flex-none items-center gap-2 px-4 pb-1 text-12 text-text-3 tablet:px-5">
      {formatQuantity(first - 1, 'earlier event')} not loaded.
      <Button size="small" onClick={onLoad}>
        Load earlier
      </Button>
    </p>
  );
}
