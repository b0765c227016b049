/** What screens say of one prediction: outcomes with their scores, and how they moved. */

import type { ModelInfo } from '../artifact/model-info';
import { formatValue } from '../format/number';

/** One thing that a model gives a number for. */
export type Outcome = {
  /** The class; for one probability or one number the label itself. */
  readonly name: string;
  readonly now: number;
  readonly before: number;
  /** True for what the row's label says. */
  readonly isTrue: boolean;
  /** True for the class with the best score. */
  readonly isBest: boolean;
};

/** The numbers of one prediction, as it is and as it was. */
export type PredictedNumbers = {
  readonly now: readonly number[];
  readonly before: readonly number[];
  /** Class or number that is true of the row; NaN where it does not say. */
  readonly label: number;
};

/** Outcomes in the order of the model's outputs. */
export function outcomesOf({ task, label }: ModelInfo, { now, before, label: truth }: PredictedNumbers): Outcome[] {
  if (task !== 'multi-class')
    return [{ name: label.feature, now: now[0] ?? NaN, before: before[0] ?? NaN, isTrue: false, isBest: true }];
  const best = now.reduce((winner, value, index) => (value > (now[winner] ?? -Infinity) ? index : winner), 0);
  return now.map((value, index) => ({
    name: String(label.classes?.[index] ?? index),
    now: value,
    before: before[index] ?? NaN,
    isTrue: index === truth,
    isBest: index === best,
  }));
}

/** A prediction: a probability with four digits behind the point, any other number as it is. */
export function predictionText(value: number, task: ModelInfo['task']): string {
  return task === 'regression' || !Number.isFinite(value) ? formatValue(value) : value.toFixed(4);
}

/** How far a number moved, with its sign; undefined where it did not as far as it is shown. */
export function moveText(
  { now, before }: Pick<Outcome, 'now' | 'before'>,
  task: ModelInfo['task'],
): string | undefined {
  const move = now - before;
  if (!Number.isFinite(move)) return undefined;
  const size = predictionText(Math.abs(move), task);
  return Number(size) === 0 ? undefined : `${move > 0 ? '+' : '−'}${size}`;
}

/** The prediction as a sentence for who cannot see it. */
export function predictionSentence(info: ModelInfo, outcomes: readonly Outcome[]): string {
  const best = outcomes.find(({ isBest }) => isBest);
  if (best === undefined) return '';
  const move = moveText(best, info.task);
  const what =
    info.task === 'multi-class'
      ? `${info.label.feature} is ${best.name} with a score of ${predictionText(best.now, info.task)}`
      : info.task === 'binary'
        ? `${info.label.feature} has a probability of ${predictionText(best.now, info.task)}`
        : `${info.label.feature} is ${predictionText(best.now, info.task)}`;
  return move === undefined ? `${what}.` : `${what}, ${move} by the changes.`;
}
