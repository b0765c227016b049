'use client';

import { lossLines, type LossPoint } from './loss-lines';
import { useWidth } from './use-width';

/** Props of {@link LossChart}. */
export type LossChartProps = {
  readonly points: readonly LossPoint[];
  /** Height in px without the legend. Default 220. */
  readonly height?: number;
};

const LEFT = 44;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 34;

/** The loss over the epochs: of each step thin and light, of each epoch and on the eval rows as lines with marks. */
export function LossChart({ points, height = 220 }: LossChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const plot = { width: Math.max(40, width - LEFT - RIGHT), height: Math.max(24, height - TOP - BOTTOM) };
  const lines = lossLines(points, plot);
  return (
    <div ref={ref} className="w-full">
      <ul className="flex flex-wrap gap-x-4 text-12 text-text-2" aria-label="Lines">
        {lines.steps !== '' && <Key name="each step" stroke="stroke-c-train-soft" width={1} />}
        {lines.train !== '' && <Key name="training rows" stroke="stroke-c-train" mark="fill-c-train" />}
        {lines.watched !== '' && <Key name="eval rows" stroke="stroke-c-eval" mark="fill-c-eval" />}
      </ul>
      <svg width={width} height={height} role="img" aria-label={lines.summary} className="block">
        <g transform={`translate(${LEFT} ${TOP})`}>
          {lines.ticks.map(({ text, y }) => (
            <g key={text}>
              <path d={`M0 ${y}H${plot.width}`} className="stroke-grid" />
              <text x="-6" y={y + 4} textAnchor="end" className="fill-text-3 text-11">
                {text}
              </text>
            </g>
          ))}
          {lines.epochs.map(({ epoch, x }) => (
            <g key={epoch}>
              <path d={`M${x} ${plot.height}v4`} className="stroke-grid" />
              <text x={x} y={plot.height + 15} textAnchor="middle" className="fill-text-3 text-11">
                {epoch}
              </text>
            </g>
          ))}
          <text x={plot.width / 2} y={plot.height + 30} textAnchor="middle" className="fill-text-3 text-11">
            {lines.epochs.length > 0 ? 'Epoch' : `Step ${lines.lastStep.toLocaleString('en')}`}
          </text>
          <path d={lines.steps} fill="none" className="stroke-c-train-soft" strokeWidth="1" />
          <path d={lines.train} fill="none" className="stroke-c-train" strokeWidth="1.5" />
          <path d={lines.watched} fill="none" className="stroke-c-eval" strokeWidth="1.5" />
          {lines.trainDots.map(({ x, y }) => (
            <circle key={x} cx={x} cy={y} r="2.5" className="fill-c-train" />
          ))}
          {lines.watchedDots.map(({ x, y }) => (
            <rect key={x} x={x - 2.5} y={y - 2.5} width="5" height="5" className="fill-c-eval" />
          ))}
        </g>
      </svg>
    </div>
  );
}

type KeyProps = {
  readonly name: string;
  readonly stroke: string;
  readonly mark?: 'fill-c-train' | 'fill-c-eval';
  readonly width?: number;
};

function Key({ name, stroke, mark, width = 1.5 }: KeyProps) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <svg width="18" height="8" aria-hidden="true">
        <path d="M0 4h18" strokeWidth={width} className={stroke} />
        {mark === 'fill-c-train' && <circle cx="9" cy="4" r="2.5" className={mark} />}
        {mark === 'fill-c-eval' && <rect x="6.5" y="1.5" width="5" height="5" className={mark} />}
      </svg>
      {name}
    </li>
  );
}
