/** Props of {@link ScoreLine}. */
export type ScoreLineProps = {
  /** From 0 to 1. */
  readonly score: number;
  /** Where it was; undefined where it did not move. */
  readonly before: number | undefined;
  readonly isStrong: boolean;
};

const WIDTH = 1_000;

/** A score as a bar over the whole width, with a mark where it was. The number beside it says the same. */
export function ScoreLine({ score, before, isStrong }: ScoreLineProps) {
  const at = (value: number) => Math.max(0, Math.min(1, value)) * WIDTH;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 8`}
      preserveAspectRatio="none"
      width="100%"
      height="8"
      aria-hidden="true"
      className="block rounded-chip bg-n-100"
    >
      <rect width={at(score)} height="8" className={isStrong ? 'fill-c-new' : 'fill-accent-line'} />
      {before !== undefined && <rect x={Math.max(0, at(before) - 2)} width="4" height="8" className="fill-text" />}
    </svg>
  );
}
