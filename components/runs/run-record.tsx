'use client';

import { useId, useRef, useState, type KeyboardEvent } from 'react';

import { formatCount, formatQuantity } from '../../lib/format/number';
import { formatLogTime } from '../../lib/format/time';
import { eventNode, eventWords, withoutPassedProgress } from '../../lib/run/event-words';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import type { RunEvent } from '../../lib/run/run-event';
import { useAddress } from '../shell/use-address';
import { nodesInOrder } from './graph-nodes';
import { PlanOutcome } from './plan-outcome';

/** Props of {@link RunRecord}. */
export type RunRecordProps = {
  readonly run: RunSnapshot;
  readonly document: Pipeline;
  readonly events: readonly RunEvent[];
  /** Shows this node's lines only. */
  readonly selected: string | undefined;
};

const TABS = ['log', 'events', 'plan'] as const;
type Tab = (typeof TABS)[number];
const TAB_WORDS: Record<Tab, string> = { log: 'Log', events: 'Events', plan: 'Plan' };
/** Lines that are drawn; a longer record says what it leaves out. */
const MAX_LINES = 400;

/** What was recorded of a run: its log, its events, its plan and what came of it. */
export function RunRecord({ run, document, events, selected }: RunRecordProps) {
  const [tab, setTab] = useTab();
  return (
    <section aria-label="Record" className="border-t">
      <div className="flex items-center border-b px-4 tablet:px-5">
        <TabList tab={tab} onChange={setTab} />
        {selected !== undefined && tab !== 'plan' && (
          <span className="ml-auto truncate text-12 text-text-3">of {selected}</span>
        )}
      </div>
      <div role="tabpanel" id="record-panel" aria-labelledby={`record-${tab}`} className="py-2">
        {tab === 'plan' ? (
          <PlanOutcome nodes={nodesInOrder(run, document)} />
        ) : (
          <Lines events={events} selected={selected} isLog={tab === 'log'} isOver={isFinalRunState(run.state)} />
        )}
      </div>
    </section>
  );
}

function TabList({ tab, onChange }: { readonly tab: Tab; readonly onChange: (tab: Tab) => void }) {
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    if (step === 0 || next === undefined) return;
    onChange(next);
    list.current?.querySelector<HTMLElement>(`#record-${next}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="Record" className="flex gap-4">
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`record-${one}`}
          aria-controls="record-panel"
          aria-selected={one === tab}
          tabIndex={one === tab ? 0 : -1}
          onKeyDown={walk}
          onClick={() => {
            onChange(one);
          }}
          className="-mb-px h-9 border-b-2 border-transparent font-medium text-text-3 aria-selected:border-accent aria-selected:text-text max-tablet:h-11"
        >
          {TAB_WORDS[one]}
        </button>
      ))}
    </div>
  );
}

type LinesProps = {
  readonly events: readonly RunEvent[];
  readonly selected: string | undefined;
  readonly isLog: boolean;
  readonly isOver: boolean;
};

function Lines({ events, selected, isLog, isOver }: LinesProps) {
  const [showsAll, setShowsAll] = useState(false);
  const every = events.filter(
    ({ body }) => (selected === undefined || eventNode(body) === selected) && (!isLog || body.type === 'node.logged'),
  );
  const brief = isLog ? every : withoutPassedProgress(every);
  const passed = every.length - brief.length;
  const wanted = showsAll ? every : brief;
  const shown = wanted.slice(-MAX_LINES);
  const first = events[0]?.seq ?? 1;
  if (shown.length === 0) {
    return (
      <p className="px-4 text-12 text-text-3 tablet:px-5">
        {isLog ? (isOver ? 'Nothing logged.' : 'Nothing logged yet.') : 'No events.'}
      </p>
    );
  }
  return (
    <>
      {passed > 0 && <ProgressChoice passed={passed} showsAll={showsAll} onChange={setShowsAll} />}
      {(first > 1 || shown.length < wanted.length) && (
        <p className="px-4 pb-1 text-12 text-text-3 tablet:px-5">
          The last {formatCount(shown.length)} lines; the command line shows all of them.
        </p>
      )}
      <ol className="font-mono text-12 leading-5 tracking-[-0.02em]">
        {shown.map((event) => (
          <Line key={event.seq} event={event} />
        ))}
      </ol>
    </>
  );
}

type ProgressChoiceProps = {
  readonly passed: number;
  readonly showsAll: boolean;
  readonly onChange: (showsAll: boolean) => void;
};

/** Says how many reports of progress are left out, and brings them back. */
function ProgressChoice({ passed, showsAll, onChange }: ProgressChoiceProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex items-center gap-2 px-4 pb-1 text-12 text-text-2 max-tablet:min-h-11 tablet:px-5"
    >
      <input
        id={id}
        type="checkbox"
        checked={showsAll}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
        className="size-4 accent-accent"
      />
      Show {formatQuantity(passed, 'earlier report')} of progress
    </label>
  );
}

const LEVELS = {
  info: '',
  warning: 'bg-st-warning-soft text-st-warning',
  error: 'bg-st-failed-soft text-st-failed',
};

function Line({ event: { seq, at, body } }: { readonly event: RunEvent }) {
  const level = levelOf(body);
  const quiet = level === 'info' ? 'text-text-3' : '';
  return (
    <li
      data-seq={seq}
      className={`grid grid-cols-[96px_minmax(0,1fr)] gap-x-2 px-4 tablet:grid-cols-[96px_minmax(64px,128px)_minmax(0,1fr)] tablet:px-5 ${LEVELS[level]}`}
    >
      <time dateTime={at} title={at} className={quiet}>
        {formatLogTime(new Date(at))}
      </time>
      <span title={eventNode(body)} className={`truncate ${quiet}`}>
        {eventNode(body) ?? ''}
      </span>
      <span className="break-words whitespace-pre-wrap max-tablet:col-span-2">{eventWords(body)}</span>
    </li>
  );
}

function levelOf(body: RunEvent['body']): keyof typeof LEVELS {
  if (body.type === 'node.logged') return body.level;
  if (body.type === 'node.failed') return 'error';
  return body.type === 'node.replanned' || body.type === 'run.repaired' ? 'warning' : 'info';
}

/** The open tab stands in the address. */
function useTab() {
  const { params, replace } = useAddress();
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'log';
  const setTab = (next: Tab) => {
    replace({ tab: next });
  };
  return [tab, setTab] as const;
}
