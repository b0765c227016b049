'use client';

import { useState } from 'react';

import { formatQuantity } from '../../lib/format/number';
import { moveText, predictionText, type Outcome } from '../../lib/model/prediction-words';
import { Button } from '../ui/button';
import { ScoreLine } from './score-line';

/** Props of {@link ClassScores}. */
export type ClassScoresProps = { readonly outcomes: readonly Outcome[]; readonly isChanged: boolean };

/** More classes are sorted by their score, and the first ones shown. */
const MOST_IN_ORDER = 10;

/** The score of each class. Few classes keep their places, so that a change is seen as a move of bars. */
export function ClassScores({ outcomes, isChanged }: ClassScoresProps) {
  const [isWhole, setWhole] = useState(false);
  const isFew = outcomes.length <= MOST_IN_ORDER;
  const sorted = isFew ? outcomes : outcomes.toSorted((a, b) => b.now - a.now);
  const shown = isWhole ? sorted : sorted.filter(({ isTrue }, index) => index < MOST_IN_ORDER || isTrue);
  return (
    <>
      <ol className="py-1">
        {shown.map((outcome) => (
          <ClassScore key={outcome.name} outcome={outcome} isChanged={isChanged} />
        ))}
      </ol>
      {!isFew && (
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            setWhole(!isWhole);
          }}
        >
          {isWhole ? 'The best only' : `All ${formatQuantity(outcomes.length, 'class', 'classes')}`}
        </Button>
      )}
    </>
  );
}

function ClassScore({ outcome, isChanged }: { readonly outcome: Outcome; readonly isChanged: boolean }) {
  const { name, now, before, isTrue, isBest } = outcome;
  return (
    <li className="py-1">
      <p className="flex items-baseline gap-2 text-12">
        <span dir="auto" title={name} className={`min-w-0 truncate ${isBest ? 'font-semibold' : 'text-text-2'}`}>
          {name}
        </span>
        {isTrue && <span className="rounded-chip bg-n-100 px-1.5 text-11 text-text-2">label</span>}
        <span className="ml-auto flex-none text-11 text-text-3">{isChanged && moveText(outcome, 'multi-class')}</span>
        <data value={now} className={`flex-none tabular-nums ${isBest ? 'font-semibold' : ''}`}>
          {predictionText(now, 'multi-class')}
        </data>
      </p>
      <ScoreLine score={now} before={isChanged ? before : undefined} isStrong={isBest} />
    </li>
  );
}
