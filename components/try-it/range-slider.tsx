import type { UsualRange } from '../../lib/model/model-form';

/** Props of {@link RangeSlider}. */
export type RangeSliderProps = {
  readonly label: string;
  readonly range: UsualRange;
  readonly isWhole: boolean;
  /** Undefined: missing; the handle then stands in the middle. */
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
};

const STEPS = 200;

/** A number moved by hand along its usual range; a value outside moves the handle to the end. */
export function RangeSlider({ label, range, isWhole, value, onChange }: RangeSliderProps) {
  const low = isWhole ? Math.floor(range.low) : range.low;
  const high = isWhole ? Math.ceil(range.high) : range.high;
  const step = isWhole ? 1 : (high - low) / STEPS;
  return (
    <input
      type="range"
      aria-label={label}
      min={low}
      max={high}
      step={step}
      value={value ?? (low + high) / 2}
      onChange={(event) => {
        const moved = event.target.valueAsNumber;
        onChange(isWhole ? Math.round(moved) : Number(moved.toPrecision(4)));
      }}
      className="mt-1 block h-4 w-full accent-accent max-tablet:h-11"
    />
  );
}
