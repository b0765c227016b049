'use client';

import { useMemo, useRef, type KeyboardEvent } from 'react';

import type { RowsMark } from '../../../lib/evaluation/evaluated-rows';
import { formatMetric } from '../../../lib/evaluation/metric-words';
import type { ScoreBar } from '../../../lib/evaluation/score-curve';
import { formatValue } from '../../../lib/format/number';
import { useWidth } from '../../charts/use-width';
import type { ModelScores } from './scores-panel';
import { Segments } from './segments';
import type { ScreenState } from './use-evaluation-screen';

/** What is asked of the scores. */
export type Question = {
  /** One against the rest; undefined where a prediction is one number. */
  readonly classId: number | undefined;
  readonly isWeighted: boolean;
  /** The class by its name. */
  readonly name: string | undefined;
};

/** Props of {@link ScoreBars}. */
export type ScoreBarsProps = {
  readonly scores: ModelScores;
  readonly question: Question;
  readonly threshold: number;
  readonly onThreshold: (value: number) => void;
  readonly hasBaseline: boolean;
  readonly state: ScreenState;
};

const BARS = 40;
const HALF = 54;
/** Half of the handle's width: the slider reaches beyond the plot by it. */
const INSET = 8;
const FIRST_WIDTH = 480;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const SMALL_STEP = 0.0001;
const STEP = 0.01;
const LARGE_STEP = 0.1;

/** The spread of the scores, positive rows above the line and negative ones below, with the threshold through it. */
export function ScoreBars({ scores, question, threshold, onThreshold, hasBaseline, state }: ScoreBarsProps) {
  const [ref, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const { curve, model } = scores;
  const bars = useMemo(() => curve.bars(BARS), [curve]);
  const plot = width - 2 * INSET;
  const positives = question.name === undefined ? 'positive rows' : `rows of ${question.name}`;
  const x = threshold * plot;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-12 text-text-2">
          Scores{hasBaseline ? ` of the ${model}` : ''}, log scale; {positives} above the line, others below
        </p>
        {hasBaseline && (
          <span className="ml-auto">
            <Segments
              label="Scores of"
              value={model}
              options={[
                { value: 'candidate', label: 'candidate' },
                { value: 'baseline', label: 'baseline' },
              ]}
              onChange={(next) => {
                state.replace({ model: next === 'candidate' ? undefined : next });
              }}
            />
          </span>
        )}
      </div>
      <div ref={ref} className="max-w-160">
        <svg
          width={width}
          height={2 * HALF}
          role="group"
          aria-label="Spread of the scores"
          className="block overflow-visible"
        >
          <g transform={`translate(${INSET} 0)`}>
            <Bars bars={bars} plot={plot} threshold={threshold} />
            <path d={`M0 ${HALF}H${plot}`} className="stroke-axis" />
            <BarButtons bars={bars} plot={plot} model={model} classId={question.classId} state={state} />
            <path
              data-mark="threshold"
              d={`M${x} -4V${2 * HALF + 8}`}
              strokeWidth="1.5"
              pointerEvents="none"
              className="stroke-text"
            />
          </g>
        </svg>
        <ThresholdSlider
          value={threshold}
          onChange={onThreshold}
          label={hasBaseline ? `Threshold, seen on the ${model}` : 'Threshold on the scores'}
        />
        <svg width={width} height="16" aria-hidden="true" className="block overflow-visible">
          {TICKS.map((tick) => (
            <text
              key={tick}
              x={INSET + tick * plot}
              y="11"
              textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
              className="fill-text-3 text-11"
            >
              {tick}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}

type BarsOf = { readonly bars: readonly ScoreBar[]; readonly plot: number };

/** Bars by the logarithm of their sums; those at or below the threshold are pale. */
function Bars({ bars, plot, threshold }: BarsOf & { readonly threshold: number }) {
  const most = Math.max(...bars.flatMap(({ positive, negative }) => [positive, negative]), 1);
  const height = (sum: number) => (sum <= 0 ? 0 : Math.max(1.5, (Math.log1p(sum) / Math.log1p(most)) * (HALF - 4)));
  const each = plot / bars.length;
  const rect = (left: number, right: number, { y, h }: { readonly y: number; readonly h: number }) =>
    right <= left || h <= 0
      ? ''
      : `M${left.toFixed(2)} ${y.toFixed(2)}h${(right - left).toFixed(2)}v${h.toFixed(2)}h${(left - right).toFixed(2)}z`;
  const line = threshold * plot;
  const paths = { palePositive: '', positive: '', paleNegative: '', negative: '' };
  for (const [index, bar] of bars.entries()) {
    const [left, right] = [index * each + 0.5, (index + 1) * each - 0.5];
    const up = { y: HALF - height(bar.positive), h: height(bar.positive) };
    const down = { y: HALF, h: height(bar.negative) };
    const cut = Math.min(right, Math.max(left, line));
    paths.palePositive += rect(left, cut, up);
    paths.positive += rect(cut, right, up);
    paths.paleNegative += rect(left, cut, down);
    paths.negative += rect(cut, right, down);
  }
  return (
    <>
      <path d={paths.palePositive} className="fill-c-new/40" />
      <path d={paths.positive} className="fill-c-new" />
      <path d={paths.paleNegative} className="fill-c-2/40" />
      <path d={paths.negative} className="fill-c-2" />
    </>
  );
}

type BarButtonsProps = BarsOf & {
  readonly model: 'candidate' | 'baseline';
  readonly classId: number | undefined;
  readonly state: ScreenState;
};

/** Each half of a bar leads to its rows; arrow keys walk along them. */
function BarButtons({ bars, plot, model, classId, state }: BarButtonsProps) {
  const group = useRef<SVGGElement>(null);
  const each = plot / bars.length;
  const open = (bar: ScoreBar, index: number, isPositive: boolean) => {
    const mark: RowsMark = {
      ...{ type: 'score', model, isPositive },
      ...(classId !== undefined && { classId }),
      ...(index > 0 && { above: bar.above }),
      ...(index < bars.length - 1 && { to: bar.to }),
    };
    state.openRows(mark);
  };
  const walk = (event: KeyboardEvent, at: string) => {
    const [index = 0, half = 0] = at.split('-').map(Number);
    const next = {
      ArrowRight: [index + 1, half],
      ArrowLeft: [index - 1, half],
      ArrowUp: [index, 1],
      ArrowDown: [index, 0],
      Home: [0, half],
      End: [bars.length - 1, half],
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    group.current?.querySelector<SVGElement>(`[data-bar="${next.join('-')}"]`)?.focus();
  };
  return (
    <g ref={group}>
      {bars.flatMap((bar, index) =>
        [true, false].map((isPositive) => {
          const sum = isPositive ? bar.positive : bar.negative;
          const words = `${formatMetric(bar.above)} to ${formatMetric(bar.to)}, ${isPositive ? 'positive' : 'negative'}: ${formatValue(sum)}`;
          const at = `${index}-${isPositive ? 1 : 0}`;
          return (
            <rect
              key={at}
              data-bar={at}
              role="button"
              aria-label={words}
              tabIndex={at === '0-1' ? 0 : -1}
              x={index * each}
              y={isPositive ? 0 : HALF}
              width={each}
              height={HALF}
              rx="2"
              fill="transparent"
              strokeWidth="2"
              onClick={() => {
                open(bar, index, isPositive);
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') {
                  event.preventDefault();
                  open(bar, index, isPositive);
                } else walk(event, at);
              }}
              className="stroke-transparent outline-none hover:fill-hover/50 focus-visible:stroke-accent"
            >
              <title>{words}</title>
            </rect>
          );
        }),
      )}
    </g>
  );
}

type SliderProps = { readonly value: number; readonly onChange: (value: number) => void; readonly label: string };

function ThresholdSlider({ value, onChange, label }: SliderProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? SMALL_STEP : STEP;
    const by = {
      ArrowRight: step,
      ArrowUp: step,
      ArrowLeft: -step,
      ArrowDown: -step,
      PageUp: LARGE_STEP,
      PageDown: -LARGE_STEP,
    }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onChange(Math.min(1, Math.max(0, value + by)));
  };
  return (
    <input
      type="range"
      aria-label={label}
      min={0}
      max={1}
      step={SMALL_STEP}
      value={value}
      onChange={(event) => {
        onChange(event.target.valueAsNumber);
      }}
      onKeyDown={onKeyDown}
      className="threshold-slider block w-full"
    />
  );
}
