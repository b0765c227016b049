'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Ellipsis, Play, Square } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';

import { formatMoment } from '../../../lib/format/time';
import { isFinalRunState } from '../../../lib/run/run';
import { runMark, runStateWords } from '../../../lib/run/run-words';
import { ConnectionLine } from '../../shell/connection-line';
import { Logo } from '../../shell/logo';
import { useTitle } from '../../shell/use-title';
import { useTRPC } from '../../trpc/client';
import { Button, buttonLook } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { StateLabel } from '../../ui/state-mark';
import { TimeSince } from '../../ui/time-since';
import { Tooltip } from '../../ui/tooltip';
import { entriesOf } from './action-entries';
import { useActionContext } from './actions-context';
import { requireAction } from './actions/index';
import { STILL_LOOKING } from './actions/run';
import { useDraft } from './draft-context';
import { useEditedPipelineId, useEditor, useOverlay } from './editor-context';
import { useLateDocument } from './judged-document';

const RUN_MENU = [['run', 'run-to', 'run-from', 'run-only'], ['run-fresh']] as const;
const MORE_MENU = [
  ['rename-pipeline', 'export', 'import'],
  ['open-runs', 'commands', 'shortcuts', 'theme'],
] as const;

/** Where one is, how safe the draft is, what runs, and what can be done: 48 px. */
export function EditorHead() {
  const name = useEditor((state) => state.document.name);
  useTitle(name);
  return (
    <>
      <header className="flex h-12 flex-none items-center gap-3 border-b bg-surface px-4">
        <Link href="/" aria-label="Sluice, home" className="flex items-center gap-2 text-15 font-semibold">
          <Logo />
          <span className="hidden desktop:inline">Sluice</span>
        </Link>
        <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 pl-2 text-text-3">
          <Link href="/pipelines" className="hidden hover:text-text hover:underline desktop:inline">
            Pipelines
          </Link>
          <span aria-hidden="true" className="hidden text-n-400 desktop:inline">
            /
          </span>
          <h1 className="sr-only">{name}</h1>
          <PipelineSwitcher name={name} />
        </nav>
        <DraftState />
        <div className="ml-auto flex items-center gap-2">
          <RunState />
          <RunButtons />
          <MoreMenu />
        </div>
      </header>
      <LostLine />
    </>
  );
}

function PipelineSwitcher({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const context = useActionContext();
  const pipelineId = useEditedPipelineId();
  const pipelines = useQuery(trpc.pipelines.list.queryOptions());
  const entries = (): readonly MenuEntry[] =>
    (pipelines.data ?? []).map(({ id, name: label }) => ({
      type: 'item',
      id,
      label,
      disabledReason: id === pipelineId ? 'This one is open.' : undefined,
      onSelect: () => {
        context.visit(`/pipelines/${id}`);
      },
    }));
  return (
    <Menu
      entries={entries}
      trigger={
        <button
          type="button"
          aria-label={`Pipeline ${name}. Go to another`}
          className="flex min-w-0 items-center gap-1 rounded-control px-1 py-0.5 font-semibold text-text hover:bg-hover"
        >
          <span dir="auto" title={name} className="max-w-72 truncate">
            {name}
          </span>
          <ChevronDown size={14} aria-hidden="true" className="text-text-3" />
        </button>
      }
    />
  );
}

function DraftState() {
  const trpc = useTRPC();
  const pipelineId = useEditedPipelineId();
  const save = useDraft((state) => state.save);
  const { data } = useQuery(trpc.drafts.revision.queryOptions({ pipelineId }));
  const isEdited = data?.isEdited === true || save.status !== 'saved';
  return (
    <div className="hidden min-w-0 items-center gap-2 text-12 text-text-3 desktop:flex">
      {data !== undefined && (
        <span className="rounded-chip border border-border px-1.5 text-11 font-medium whitespace-nowrap text-text-2">
          Version {data.version}
          {isEdited && ', edited'}
        </span>
      )}
      <span role="status" className="truncate">
        <SaveWords />
      </span>
    </div>
  );
}

function SaveWords() {
  const save = useDraft((state) => state.save);
  switch (save.status) {
    case 'saved':
      return save.at === undefined ? null : `Draft saved ${formatMoment(new Date(save.at), new Date())}`;
    case 'waiting':
    case 'saving':
      return 'Saving';
    case 'offline':
      return <span className="text-st-warning">Not saved, no connection. Trying again.</span>;
    case 'refused':
    case 'conflict':
      return <span className="text-st-failed">Not saved</span>;
  }
}

function RunState() {
  const run = useOverlay((state) => state.run);
  const { cancel } = useActionContext();
  if (run === undefined) return null;
  const isOver = isFinalRunState(run.state);
  return (
    <>
      <Link
        href={`/runs/${run.runId}`}
        className="hidden min-w-0 items-center gap-2 text-12 hover:underline tablet:flex"
      >
        <StateLabel mark={runMark(run)}>{`Run ${run.runNumber}, ${lowerFirst(runStateWords(run))}`}</StateLabel>
        {!isOver && run.startedAt !== undefined && (
          <span className="hidden whitespace-nowrap text-text-3 desktop:inline">
            <TimeSince at={run.startedAt} /> so far
          </span>
        )}
      </Link>
      {!isOver && (
        <Button look="quiet" disabled={run.cancelRequestedAt !== undefined} onClick={() => void cancel()}>
          <Square size={12} aria-hidden="true" />
          {run.cancelRequestedAt === undefined ? 'Cancel' : 'Canceling'}
        </Button>
      )}
    </>
  );
}

function RunButtons() {
  const context = useActionContext();
  const run = requireAction('run');
  const document = useLateDocument();
  const fileProblems = useOverlay((state) => state.fileProblems);
  // Looked for again when the document is another one, not with every movement of the selection.
  const reason = useMemo(
    () => (document === undefined || fileProblems === undefined ? STILL_LOOKING : run.disabledReason?.(context)),
    [document, fileProblems, run, context],
  );
  const button = (
    <button
      type="button"
      aria-disabled={reason !== undefined}
      onClick={() => {
        if (reason === undefined) run.perform(context);
        else if (reason !== STILL_LOOKING) context.store.getState().openDrawer('problems');
      }}
      className={`${buttonLook({ look: 'ink' })} rounded-r-none`}
    >
      <Play size={14} aria-hidden="true" />
      Run
    </button>
  );
  return (
    <div className="flex">
      <Tooltip label={reason ?? 'Shows the plan, then runs'} shortcut={run.shortcuts?.[0]}>
        {button}
      </Tooltip>
      <Menu
        align="end"
        entries={() => entriesOf(context, RUN_MENU)}
        trigger={
          <button
            type="button"
            aria-label="Other ways to run"
            className={`${buttonLook({ look: 'ink' })} rounded-l-none border-l-n-500 px-1.5`}
          >
            <ChevronDown size={14} aria-hidden="true" />
          </button>
        }
      />
    </div>
  );
}

function MoreMenu() {
  const context = useActionContext();
  return (
    <Menu
      align="end"
      entries={() => entriesOf(context, MORE_MENU)}
      trigger={
        <button
          type="button"
          aria-label="More"
          className="grid size-7 place-content-center rounded-control text-text-2 hover:bg-hover max-tablet:size-11"
        >
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      }
    />
  );
}

function LostLine() {
  const lostAt = useOverlay((state) => state.lostAt);
  return lostAt === undefined ? null : (
    <ConnectionLine lostAt={lostAt} consequence="Runs go on, and what you change is kept here." />
  );
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
