'use client';

import { useEffect, useRef, type KeyboardEvent } from 'react';

import type { Pipeline } from '../../lib/pipeline/pipeline';
import type { RunSnapshot } from '../../lib/run/fold-run';
import type { RunEvent } from '../../lib/run/run-event';
import { useAddress } from '../shell/use-address';
import { nodesInOrder } from './graph-nodes';
import { PlanOutcome } from './plan-outcome';
import { RunEvents } from './run-events';
import { RunLog } from './run-log';

/** Props of {@link RunRecord}. */
export type RunRecordProps = {
  readonly run: RunSnapshot;
  readonly document: Pipeline;
  readonly events: readonly RunEvent[];
  /** Shows this node's lines only. */
  readonly selected: string | undefined;
  readonly onSelect: (node: string | undefined) => void;
  /** Brings in events before those that are there. */
  readonly onLoadEarlier: () => Promise<void>;
};

const TABS = ['log', 'events', 'plan'] as const;
type Tab = (typeof TABS)[number];
const TAB_WORDS: Record<Tab, string> = { log: 'Log', events: 'Events', plan: 'Plan' };
/** Events that are brought in by themselves; more only when they are asked for. */
const LOADED_BY_ITSELF = 10_000;

/** What was recorded of a run: its log, its events, its plan and what came of it. */
export function RunRecord({ run, document, events, selected, onSelect, onLoadEarlier }: RunRecordProps) {
  const [tab, setTab] = useTab();
  const first = events[0]?.seq ?? 1;
  const isWhole = first <= 1;
  const loadsItself = tab !== 'plan' && !isWhole && events.length < LOADED_BY_ITSELF;
  useEffect(() => {
    // What cannot be brought in now is offered by a button.
    if (loadsItself) onLoadEarlier().catch(() => undefined);
  }, [loadsItself, first, onLoadEarlier]);
  const loadEarlier =
    isWhole || loadsItself
      ? undefined
      : () => {
          onLoadEarlier().catch(() => undefined);
        };
  const nodes = nodesInOrder(run, document);
  return (
    <section aria-label="Record" className="flex min-h-0 flex-1 flex-col border-t">
      <div className="flex flex-none items-center border-b px-4 tablet:px-5">
        <TabList tab={tab} onChange={setTab} />
      </div>
      <div
        role="tabpanel"
        id="record-panel"
        aria-labelledby={`record-${tab}`}
        className={`flex min-h-0 flex-1 flex-col ${tab === 'plan' ? 'overflow-auto py-2' : ''}`}
      >
        {tab === 'plan' && <PlanOutcome nodes={nodes} />}
        {tab === 'log' && (
          <RunLog
            key={selected ?? ''}
            run={run}
            nodes={nodes.map(({ node }) => node)}
            events={events}
            selected={selected}
            onSelect={onSelect}
            loadEarlier={loadEarlier}
          />
        )}
        {tab === 'events' && <RunEvents run={run} events={events} selected={selected} loadEarlier={loadEarlier} />}
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

/** The open tab stands in the address. */
function useTab() {
  const { params, replace } = useAddress();
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'log';
  const setTab = (next: Tab) => {
    replace({ tab: next });
  };
  return [tab, setTab] as const;
}
