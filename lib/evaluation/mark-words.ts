/** What a mark stands for, in words: the title of its rows. */

import type { RowsMark } from './evaluated-rows';
import type { EvaluationSummary } from './evaluation-answers';
import { classWords, formatMetric } from './metric-words';

type Named = Pick<EvaluationSummary, 'classNames' | 'hasBaseline'>;

const OUTCOMES = { tp: 'True positives', fn: 'Missed', fp: 'False alarms', tn: 'True negatives' } as const;

/** See the module. */
export function markWords(mark: RowsMark, { classNames, hasBaseline }: Named): string {
  const of = (model: string) => (hasBaseline ? ` of the ${model}` : '');
  const ofClass = (classId: number | undefined) =>
    classId === undefined ? '' : `, ${classWords(classId, classNames)} against the rest`;
  switch (mark.type) {
    case 'all':
      return 'All rows of the slice';
    case 'outcome':
      return `${OUTCOMES[mark.outcome]}${of(mark.model)} at ${mark.threshold}${ofClass(mark.classId)}`;
    case 'score':
      return `${mark.isPositive ? 'Positive' : 'Negative'} rows with a score${of(mark.model)} ${between(mark.above, mark.to)}${ofClass(mark.classId)}`;
    case 'classes':
      return mark.actual === mark.predicted
        ? `${classWords(mark.actual, classNames)}, recognized${of(mark.model)}`
        : `${classWords(mark.actual, classNames)} taken for ${classWords(mark.predicted, classNames)}${of(mark.model)}`;
    case 'error':
      return `Error${of(mark.model)} ${between(mark.from, mark.to)}`;
    case 'place':
      return `Predicted ${between(mark.predicted.from, mark.predicted.to)}${of(mark.model)}, actual ${between(mark.actual.from, mark.actual.to)}`;
    case 'disagree':
      return mark.right === undefined ? 'Rows on which the models disagree' : `Only the ${mark.right} is right`;
  }
}

function between(from: number | undefined, to: number | undefined): string {
  if (from !== undefined && to !== undefined) return `${formatMetric(from)} to ${formatMetric(to)}`;
  if (from !== undefined) return `from ${formatMetric(from)} on`;
  return to === undefined ? 'of any size' : `up to ${formatMetric(to)}`;
}
