'use client';

import { useState } from 'react';

import { suspectHeader } from '../../lib/proposal/header-question';
import { guessLabels, tasksOf, type LabelGuess, type Task } from '../../lib/proposal/guess-label';
import { proposeName, type ProposalAnswers } from '../../lib/proposal/propose-pipeline';
import type { TableProfile } from '../../lib/proposal/table-profile';

/** What a person has decided so far; what they did not touch is the guess. */
export type Proposal = {
  readonly name: string;
  readonly setName: (name: string) => void;
  /** The column to learn; undefined: nothing yet. */
  readonly label: string | undefined;
  readonly setLabel: (label: string | undefined) => void;
  readonly task: Task | undefined;
  readonly setTask: (task: Task) => void;
  /** Tasks that the label allows. */
  readonly tasks: readonly Task[];
  /** The columns that could be learnt, the most likely first. */
  readonly guesses: readonly LabelGuess[];
  readonly answers: ProposalAnswers;
  readonly setEmptyCells: (emptyCells: ProposalAnswers['emptyCells']) => void;
  /** Why the first line looks like data. */
  readonly headerDoubt: string | undefined;
  /** Why no ExampleGen can read this table as it is, a sentence each. */
  readonly troubles: readonly string[];
};

/** The answers to a table's questions, beginning with the guesses. */
export function useProposal(profile: TableProfile, fileName: string): Proposal {
  const [name, setName] = useState<string>();
  const [chosen, setChosen] = useState<{ readonly label: string | undefined }>();
  const [task, setTask] = useState<Task>();
  const [emptyCells, setEmptyCells] = useState<ProposalAnswers['emptyCells']>('missing');
  const guesses = guessLabels(profile);
  const label = chosen === undefined ? guesses[0]?.column : chosen.label;
  const column = profile.columns.find((each) => each.name === label);
  const tasks = column === undefined ? [] : tasksOf(column, profile.rowsRead);
  return {
    name: name ?? proposeName(fileName),
    setName,
    label,
    setLabel: (next) => {
      setChosen({ label: next });
      setTask(undefined);
    },
    task: task !== undefined && tasks.includes(task) ? task : tasks[0],
    setTask,
    tasks,
    guesses,
    answers: { emptyCells },
    setEmptyCells,
    headerDoubt: suspectHeader(profile),
    troubles: profile.columns.flatMap(({ trouble }) => trouble ?? []),
  };
}
