'use client';

import { useId, type ReactNode } from 'react';

import { formatBytes, formatCount, formatQuantity } from '../../lib/format/number';
import { decidingThreshold } from '../../lib/proposal/propose-model';
import { taskWords } from '../../lib/proposal/propose-pipeline';
import type { TableProfile } from '../../lib/proposal/table-profile';
import { Button } from '../ui/button';
import { SelectField } from '../ui/form/select-field';
import { TextField } from '../ui/form/text-field';
import { ProposedColumns } from './proposed-columns';
import type { Proposal } from './use-proposal';

/** Props of {@link ProposalForm}. */
export type ProposalFormProps = {
  readonly profile: TableProfile;
  readonly proposal: Proposal;
  /** A new pipeline needs a name. */
  readonly hasName: boolean;
  readonly onNameColumns: () => void;
  /** Why making it failed. */
  readonly failure: ReactNode;
};

const NOTHING = '';

/** The questions of a proposal, each with its guess and the reason for it, and the columns they are about. */
export function ProposalForm({ profile, proposal, hasName, onNameColumns, failure }: ProposalFormProps) {
  const { name, setName, headerDoubt, troubles } = proposal;
  const id = useId();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-text-2">{tableWords(profile)}</p>
      {failure}
      {troubles.length > 0 && <Troubles troubles={troubles} />}
      {hasName && (
        <Question id={`${id}-name`} label="Name">
          <TextField id={`${id}-name`} value={name} onChange={setName} />
        </Question>
      )}
      <LabelQuestion id={id} profile={profile} proposal={proposal} />
      {headerDoubt !== undefined && (
        <div
          role="group"
          aria-label="First line"
          className="flex flex-wrap items-center gap-2 bg-st-warning-soft p-2.5"
        >
          <p className="min-w-0 flex-1 text-12">
            {headerDoubt} CsvExampleGen takes the first line for the names of the columns. If it is data, give the
            columns plain names.
          </p>
          <Button size="small" onClick={onNameColumns}>
            The first line is data
          </Button>
        </div>
      )}
      <BlankQuestion id={id} profile={profile} proposal={proposal} />
      <p className="text-12 text-text-2">{madeWords(profile)}</p>
      {proposal.label !== undefined && <p className="text-12 text-text-2">{learntWords(profile, proposal)}</p>}
      <ProposedColumns profile={profile} proposal={proposal} />
    </div>
  );
}

function LabelQuestion({ id, profile, proposal }: QuestionProps) {
  const { label, setLabel, task, setTask, tasks, guesses } = proposal;
  const guess = guesses.find(({ column }) => column === label);
  return (
    <>
      <Question
        id={`${id}-label`}
        label="To learn"
        note={labelNote({ label, isFirst: guess !== undefined && guess === guesses[0], reason: guess?.reason })}
      >
        <SelectField
          id={`${id}-label`}
          value={label ?? NOTHING}
          options={[
            ...guesses.map(({ column }) => ({ value: column, label: column === '' ? '(no name)' : column })),
            { value: NOTHING, label: 'Nothing yet' },
          ]}
          onChange={(value) => {
            setLabel(value === NOTHING ? undefined : value);
          }}
        />
      </Question>
      {task !== undefined && (
        <Question id={`${id}-task`} label="Task" note={taskNote(profile, label)}>
          <SelectField
            id={`${id}-task`}
            value={task}
            options={tasks.map((each) => ({ value: each, label: `${each}: ${taskWords(each)}` }))}
            onChange={(value) => {
              const chosen = tasks.find((each) => each === value);
              if (chosen !== undefined) setTask(chosen);
            }}
          />
        </Question>
      )}
    </>
  );
}

type QuestionProps = { readonly id: string; readonly profile: TableProfile; readonly proposal: Proposal };

function BlankQuestion({ id, profile, proposal }: QuestionProps) {
  const { answers, setEmptyCells } = proposal;
  const blank = profile.columns.filter(({ missing, kind }) => missing > 0 && kind !== 'NONE');
  if (profile.format !== 'csv' || blank.length === 0) return null;
  return (
    <Question
      id={`${id}-blank`}
      label="Empty cells"
      note={`${formatQuantity(blank.length, 'column')} with empty cells. Missing values are counted; an empty list is a value of length 0.`}
    >
      <SelectField
        id={`${id}-blank`}
        value={answers.emptyCells}
        options={[
          { value: 'missing', label: "are missing values, as in TFDV's CSV reader" },
          { value: 'empty-list', label: "are empty lists, as in TFX's CsvExampleGen" },
        ]}
        onChange={(value) => {
          setEmptyCells(value === 'empty-list' ? 'empty-list' : 'missing');
        }}
      />
    </Question>
  );
}

type QuestionFrame = {
  readonly id: string;
  readonly label: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
};

function Question({ id, label, note, children }: QuestionFrame) {
  return (
    <div className="grid gap-x-3 gap-y-1 tablet:grid-cols-[96px_minmax(0,1fr)]">
      <label htmlFor={id} className="text-12 text-text-2 tablet:pt-1.5">
        {label}
      </label>
      <div className="min-w-0">
        {children}
        {note !== undefined && <p className="pt-0.5 text-11 text-text-3">{note}</p>}
      </div>
    </div>
  );
}

/** Troubles that are told; more of them say the same. */
const TOLD = 5;

function Troubles({ troubles }: { readonly troubles: readonly string[] }) {
  return (
    <div role="alert" className="rounded-card bg-st-failed-soft p-3">
      <p className="font-medium text-st-failed">
        {troubles.length === 1 ? 'One column stands' : `${formatCount(troubles.length)} columns stand`} in the way
      </p>
      <ul className="mt-1 flex flex-col gap-1 text-12 text-text-2">
        {troubles.slice(0, TOLD).map((trouble) => (
          <li key={trouble} dir="auto" className="break-words">
            {trouble}
          </li>
        ))}
        {troubles.length > TOLD && (
          <li>
            {TOLD} of {formatCount(troubles.length)} told.
          </li>
        )}
      </ul>
    </div>
  );
}

function tableWords({ format, files, rows, isRowsExact, columns, sizeBytes, rowsRead }: TableProfile): string {
  const many = files > 1 ? `${formatCount(files)} files, ` : '';
  const kind = format === 'csv' ? 'CSV' : 'Parquet';
  const about = isRowsExact ? '' : 'about ';
  const read = isRowsExact && rowsRead >= rows ? '' : ` Columns are told from the first ${formatCount(rowsRead)} rows.`;
  return `${many}${about}${formatQuantity(rows, 'row')} × ${formatQuantity(columns.length, 'column')}, ${kind}, ${formatBytes(sizeBytes)}.${read}`;
}

function labelNote({
  label,
  isFirst,
  reason,
}: {
  label: string | undefined;
  isFirst: boolean;
  reason: string | undefined;
}) {
  if (label === undefined) return 'Data are described and checked; what to learn from them can wait.';
  return isFirst ? `A guess. ${reason ?? ''}` : reason;
}

function taskNote({ columns }: TableProfile, label: string | undefined): string | undefined {
  const column = columns.find(({ name }) => name === label);
  const classes = column?.values.filter(({ count }) => count !== undefined) ?? [];
  if (column?.distinct === undefined || classes.length === 0) return undefined;
  const shown = classes.slice(0, 4).map(({ text, count }) => `${text} (${formatCount(count)})`);
  return `${formatQuantity(column.distinct, 'different value')}: ${shown.join(', ')}${column.distinct > shown.length ? ' …' : ''}`;
}

const DECIDES: { readonly [className: string]: string } = {
  AUC: 'AUC',
  SparseCategoricalAccuracy: 'accuracy',
  SquaredPearsonCorrelation: 'squared correlation',
};

/** What the model half will do, with the number that decides. */
function learntWords(profile: TableProfile, { model }: Proposal): string {
  if (model === undefined) return 'No column is used, so that nothing can be learnt: choose at least one below.';
  const used = model.features.filter(({ use }) => use !== 'none').length;
  const { className, lowerBound } = decidingThreshold(profile, model);
  return `Transform makes features of ${formatQuantity(used, 'column')}, Trainer learns from them, Evaluator compares with the latest blessed model and blesses from ${DECIDES[className] ?? className} ${lowerBound} on, Pusher publishes what is blessed. All of this can be changed on the canvas.`;
}

function madeWords({ format, columns }: TableProfile): string {
  const gen = format === 'csv' ? 'CsvExampleGen' : 'ParquetExampleGen';
  const times = columns.filter(({ isTime }) => isTime).length;
  const seconds = times === 0 ? '' : ` ${formatQuantity(times, 'column')} of times become whole seconds since 1970.`;
  return `${gen} splits the rows into train and eval, 2 : 1. StatisticsGen describes them, SchemaGen learns what they look like, ExampleValidator checks one against the other.${seconds}`;
}
