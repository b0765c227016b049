'use client';

import { useId } from 'react';

import { Segments } from './segments';
import type { Thresholds, ThresholdState } from './use-thresholds';

/** Props of {@link ThresholdBar}. */
export type ThresholdBarProps = { readonly thresholds: ThresholdState; readonly hasBaseline: boolean };

/** The threshold as a number, for each model where each has its own. */
export function ThresholdBar({ thresholds, hasBaseline }: ThresholdBarProps) {
  const { shown, isOne, move, setOne } = thresholds;
  const field = (of: keyof Thresholds, label: string) => (
    <ThresholdField
      key={of}
      label={label}
      value={shown[of]}
      onChange={(value) => {
        move(value, of);
      }}
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-2 pb-2">
      <h2 className="font-semibold">Threshold</h2>
      {isOne || !hasBaseline ? (
        <>
          {field('candidate', 'Threshold')}
          <span className="text-12 text-text-3">moves every mark; above it is said to be positive</span>
        </>
      ) : (
        <>
          {field('candidate', 'candidate')}
          {field('baseline', 'baseline')}
        </>
      )}
      {hasBaseline && (
        <span className="ml-auto">
          <Segments
            label="Thresholds"
            value={isOne ? 'one' : 'each'}
            options={[
              { value: 'one', label: 'One for both' },
              { value: 'each', label: 'One each' },
            ]}
            onChange={(choice) => {
              setOne(choice === 'one');
            }}
          />
        </span>
      )}
    </div>
  );
}

type FieldProps = { readonly label: string; readonly value: number; readonly onChange: (value: number) => void };

function ThresholdField({ label, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-1.5 text-12">
      <label htmlFor={id} className={label === 'Threshold' ? 'sr-only' : 'text-text-3'}>
        {label}
      </label>
      <input
        id={id}
        type="number"
        min={0}
        max={1}
        step={0.01}
        value={value}
        onChange={(event) => {
          const typed = event.target.valueAsNumber;
          if (typed >= 0 && typed <= 1) onChange(typed);
        }}
        className="h-6 w-18 rounded-control border border-border-strong bg-surface px-2 font-semibold max-tablet:h-11"
      />
    </span>
  );
}
