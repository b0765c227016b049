/**
 * Which column of a table a person probably wants to learn, and what kind of task that is: from names, places and counts
 * of different values. A guess with its reason, never a rule; a person changes it with a click.
 */

import type { ColumnProfile, TableProfile } from './table-profile';

/** What is learnt: one of two classes, one of several, or a number. */
export type Task = 'binary' | 'multi-class' | 'regression';

/** A column that could be learnt. */
export type LabelGuess = {
  readonly column: string;
  readonly task: Task;
  /** Why this column, in a sentence. */
  readonly reason: string;
};

/** Names that say it. */
const SAYS_LABEL = /^(label|target|class|classification|outcome|response|y|ground[ _-]?truth)$/i;
/** Names of what is often learnt, as a word of the name. */
const OFTEN_LEARNT =
  /(^|[ _-])(species|churn(ed)?|survived|fraud(ulent)?|spam|click(ed)?|converted|default(ed)?|diagnosis|approved|cancel(l?ed)?|damage|failure|defect|won|quality|rating|price|revenue|sales|delay|demand|duration|income|salary|medv|mpg)($|[ _-])|^(is|has|big)[ _-]/i;
/** Names of what tells rows apart and means nothing else. */
const SAYS_ID = /(^|[ _-])(id|uuid|guid|key|index|row|no|number|code|name|date|time|timestamp)$|^(id|unnamed)/i;

/** Most classes that a text or a whole number is taken to have. */
const MAX_CLASSES = 100;
/** More different whole numbers than this are amounts, not classes. */
const MAX_INT_CLASSES = 20;
/** A share of different values from which a column tells rows apart. */
const UNIQUE_SHARE = 0.9;
/** Rows below which a share of different values says nothing. */
const FEW_ROWS = 20;

const SCORES = {
  saysLabel: 100,
  oftenLearnt: 40,
  last: 20,
  twoValues: 15,
  fewClasses: 10,
  first: 4,
  saysId: -30,
  blank: -40,
};

/** The task that a column makes as a label; undefined where it can be none: constant, blank, a list, a time, all different. */
export function taskOf(column: ColumnProfile, rowsRead: number): Task | undefined {
  const { kind, distinct, isTime, isList, trouble } = column;
  if (kind === 'NONE' || isTime || isList || trouble !== undefined || distinct === undefined || distinct < 2) return;
  if (distinct === 2) return 'binary';
  if (kind === 'FLOAT') return 'regression';
  if (kind === 'INT') return distinct <= MAX_INT_CLASSES && distinct < rowsRead / 2 ? 'multi-class' : 'regression';
  return distinct <= MAX_CLASSES && !isUnique(column, rowsRead) ? 'multi-class' : undefined;
}

/** The tasks that a column allows, the likely one first: a person may take whole numbers for classes, or two for amounts. */
export function tasksOf(column: ColumnProfile, rowsRead: number): readonly Task[] {
  const likely = taskOf(column, rowsRead);
  if (likely === undefined) return [];
  const classes: Task = column.distinct === 2 ? 'binary' : 'multi-class';
  const possible: Task[] = column.kind === 'STRING' ? [classes] : [classes, 'regression'];
  return [likely, ...possible.filter((task) => task !== likely && (column.distinct ?? 0) <= MAX_CLASSES)];
}

/** The columns that could be the label, the most likely first. */
export function guessLabels({ columns, rowsRead }: TableProfile): readonly LabelGuess[] {
  return columns
    .flatMap((column, index) => {
      const task = taskOf(column, rowsRead);
      if (task === undefined) return [];
      const place = index === columns.length - 1 ? 'last' : index === 0 ? 'first' : undefined;
      const { score, clues } = weigh(column, { place, rowsRead, task });
      return [{ score, guess: { column: column.name, task, reason: sentence(clues) } }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ guess }) => guess);
}

type Circumstances = {
  readonly place: 'first' | 'last' | undefined;
  readonly rowsRead: number;
  readonly task: Task;
};

function weigh(column: ColumnProfile, { place, rowsRead, task }: Circumstances) {
  const clues: string[] = [];
  let score = 0;
  const clue = (points: number, words?: string) => {
    score += points;
    if (words !== undefined) clues.push(words);
  };
  if (SAYS_LABEL.test(column.name)) clue(SCORES.saysLabel, 'its name says so');
  else if (OFTEN_LEARNT.test(column.name)) clue(SCORES.oftenLearnt, 'its name is one of what is often learnt');
  else if (SAYS_ID.test(column.name)) clue(SCORES.saysId);
  if (place === 'last') clue(SCORES.last, 'it is the last column');
  if (place === 'first') clue(SCORES.first);
  if (column.distinct === 2) clue(SCORES.twoValues, 'it has two values');
  else if (task === 'multi-class') clue(SCORES.fewClasses, `it has ${column.distinct ?? 0} different values`);
  else clue(0, 'it is a number with many values');
  if (column.missing > rowsRead / 2) clue(SCORES.blank);
  if (isUnique(column, rowsRead) && column.kind !== 'FLOAT') clue(SCORES.saysId);
  return { score, clues };
}

function isUnique({ distinct = 0, missing }: ColumnProfile, rowsRead: number): boolean {
  const present = rowsRead - missing;
  return present >= FEW_ROWS && distinct >= UNIQUE_SHARE * present;
}

function sentence(clues: readonly string[]): string {
  const text = clues.length < 2 ? clues.join('') : `${clues.slice(0, -1).join(', ')} and ${clues.at(-1) ?? ''}`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
