import type { StatisticsRow } from '../../lib/artifact/statistics-table';

const WIDTH = 112;
const HEIGHT = 24;

/** Props of {@link FoundBars}. */
export type FoundBarsProps = { readonly row: StatisticsRow; readonly label: string };

/** The distribution of a feature, small: filled bars for the first split, a stepped outline for the second. */
export function FoundBars({ row, label }: FoundBarsProps) {
  const [first, second] = (row.equal ?? row.bars)?.counts ?? [];
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      {first !== null && first !== undefined && <path d={barsPath(first)} className="fill-c-train-soft" />}
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className="stroke-axis" />
      {second !== null && second !== undefined && (
        <path d={stepPath(second)} fill="none" strokeWidth="1.25" className="stroke-c-eval" />
      )}
    </svg>
  );
}

/** Each side is drawn as shares of its own largest bar: splits differ in size, shapes compare. */
function heights(counts: readonly number[]): readonly number[] {
  const most = Math.max(1, ...counts);
  return counts.map((count) => (count / most) * (HEIGHT - 3));
}

function barsPath(counts: readonly number[]): string {
  const width = WIDTH / Math.max(1, counts.length);
  return heights(counts)
    .map(
      (height, bar) => `M${round(bar * width)} ${HEIGHT - 1}v${round(-height)}h${round(width - 1)}v${round(height)}z`,
    )
    .join('');
}

function stepPath(counts: readonly number[]): string {
  const width = WIDTH / Math.max(1, counts.length);
  const steps = heights(counts).map((height) => `V${round(HEIGHT - 1 - height)}h${round(width)}`);
  return `M0 ${HEIGHT - 1}${steps.join('')}V${HEIGHT - 1}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
