'use client';

import { useState } from 'react';

import { suspectHeader } from '../../lib/proposal/header-question';
import { guessLabels, tasksOf, type LabelGuess, type Task } from '../../lib/proposal/guess-label';
import { guessFeatures, type FeatureGuess, type FeatureUse } from '../../lib/proposal/guess-features';
import { hasFeatures, type ModelProposal } from '../../lib/proposal/propose-model';
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
  /** What each column but the label brings to the model; empty where nothing is learnt. */
  readonly features: readonly FeatureGuess[];
  readonly setUse: (column: string, use: FeatureUse) => void;
  /** What is learnt, from what; undefined where nothing is. */
  readonly model: ModelProposal | undefined;
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
  const [uses, setUses] = useState<ReadonlyMap<string, FeatureUse>>(new Map());
  const guesses = guessLabels(profile);
  const label = chosen === undefined ? guesses[0]?.column : chosen.label;
  const column = profile.columns.find((each) => each.name === label);
  const tasks = column === undefined ? [] : tasksOf(column, profile.rowsRead);
  const chosenTask = task !== undefined && tasks.includes(task) ? task : tasks[0];
  const features = label === undefined ? [] : guessFeatures(profile, label).map((guess) => asChosen(guess, uses));
  return {
    name: name ?? proposeName(fileName),
    setName,
    label,
    setLabel: (next) => {
      setChosen({ label: next });
      setTask(undefined);
    },
    task: chosenTask,
    setTask,
    tasks,
    guesses,
    features,
    setUse: (of, use) => {
      setUses(new Map([...uses, [of, use]]));
    },
    model: modelOf(label, chosenTask, features),
    answers: { emptyCells },
    setEmptyCells,
    headerDoubt: suspectHeader(profile),
    troubles: profile.columns.flatMap(({ trouble }) => trouble ?? []),
  };
}

function asChosen(guess: FeatureGuess, uses: ReadonlyMap<string, FeatureUse>): FeatureGuess {
  const use = uses.get(guess.column);
  return use === undefined || use === guess.use ? guess : { ...guess, use, reason: 'As you chose.' };
}

function modelOf(
  label: string | undefined,
  task: Task | undefined,
  features: readonly FeatureGuess[],
): ModelProposal | undefined {
  if (label === undefined || task === undefined) return undefined;
  const model = { label, task, features };
  return hasFeatures(model) ? model : undefined;
}
