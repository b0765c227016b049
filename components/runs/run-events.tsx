'use client';

import { Download } from 'lucide-react';
import { useId, useState } from 'react';

import { formatQuantity } from '../../lib/format/number';
import { eventNode, eventWords, withoutPassedProgress } from '../../lib/run/event-words';
import type { RunSnapshot } from '../../lib/run/fold-run';
import { isFinalRunState } from '../../lib/run/run';
import type { RunEvent } from '../../lib/run/run-event';
import { Button } from '../ui/button';
import { RecordLines } from './record-lines';
import { Earlier } from './run-log';
import { saveText } from './save-text';

/** Props of {@link RunEvents}. */
export type RunEventsProps = {
  readonly run: RunSnapshot;
  readonly events: readonly RunEvent[];
  /** Shows this node's events only. */
  readonly selected: string | undefined;
  readonly loadEarlier: (() => void) | undefined;
};

/** Everything that happened in a run, in order; overtaken reports of progress only when they are asked for. */
export function RunEvents({ run, events, selected, loadEarlier }: RunEventsProps) {
  const [showsAll, setShowsAll] = useState(false);
  const [follow, setFollow] = useState(!isFinalRunState(run.state));
  const every = events.filter(({ body }) => selected === undefined || eventNode(body) === selected);
  const brief = withoutPassedProgress(every);
  const passed = every.length - brief.length;
  const shown = showsAll ? every : brief;
  return (
    <>
      <div className="flex flex-none flex-wrap items-center gap-2 px-4 py-1.5 tablet:px-5">
        {passed > 0 && <ProgressChoice passed={passed} showsAll={showsAll} onChange={setShowsAll} />}
        <span className="ml-auto">
          <Button
            size="small"
            look="quiet"
            title="The run as this page knows it, with its events, as JSON"
            onClick={() => {
              saveText(`run-${run.runNumber}.json`, JSON.stringify({ run, events }, undefined, 2), 'application/json');
            }}
          >
            <Download size={14} aria-hidden="true" />
            Download as JSON
          </Button>
        </span>
      </div>
      {loadEarlier !== undefined && <Earlier onLoad={loadEarlier} first={events[0]?.seq ?? 1} />}
      {shown.length === 0 ? (
        <p className="px-4 text-12 text-text-3 tablet:px-5">No events.</p>
      ) : (
        <RecordLines
          label={selected === undefined ? 'Events' : `Events of ${selected}`}
          lines={shown.map(({ seq, at, body }) => ({
            seq,
            at,
            node: eventNode(body),
            level: levelOf(body),
            text: eventWords(body),
          }))}
          follow={follow}
          onFollow={setFollow}
        />
      )}
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
    <label htmlFor={id} className="flex items-center gap-2 text-12 text-text-2 max-tablet:min-h-11">
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

function levelOf(body: RunEvent['body']): 'info' | 'warning' | 'error' {
  if (body.type === 'node.logged') return body.level;
  if (body.type === 'node.failed') return 'error';
  return body.type === 'node.replanned' || body.type === 'run.repaired' ? 'warning' : 'info';
}
