import { prepareHistogram, type ChartScale } from '../../lib/chart/prepare-histogram';

/** Props of {@link HistogramCell}. */
export type HistogramCellProps = {
  /** Counts by side and bar; null for a side without values. */
  readonly counts: readonly (readonly number[] | null)[];
  readonly scale: ChartScale;
  readonly isCutLow?: boolean | undefined;
  readonly isCutHigh?: boolean | undefined;
  /** Bars stand apart: each is a value, not a range. */
  readonly ofLabels?: boolean;
  /** What the picture says, in words. */
  readonly label: string;
};

const WIDTH = 168;
const HEIGHT = 28;
/** Room for the outline above the highest bar. */
const HEADROOM = 2;

/** A histogram in a table: filled bars, a stepped outline over them, a base line, no axis. */
export function HistogramCell({ counts, scale, isCutLow, isCutHigh, ofLabels = false, label }: HistogramCellProps) {
  const marks = prepareHistogram({
    ...{ counts, scale, isCutLow, isCutHigh },
    ...{ width: WIDTH, height: HEIGHT - HEADROOM, gap: ofLabels ? 2 : 1 },
  });
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <g transform={`translate(0 ${HEADROOM - 0.5})`}>
        <path d={marks.bars} className="fill-c-train-soft" />
        <path d={`M0 ${HEIGHT - HEADROOM}H${WIDTH}`} className="stroke-axis" />
        <path d={marks.outline} fill="none" strokeWidth="1.25" className="stroke-c-eval" />
      </g>
    </svg>
  );
}
