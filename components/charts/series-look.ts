/** How a model is drawn wherever it appears: identity is told by line and mark before colour. */
export type SeriesLook = {
  /** Tailwind classes of a line and of a filled mark. */
  readonly stroke: string;
  readonly fill: string;
  readonly dash: string | undefined;
  /** In px. */
  readonly width: number;
  /** Marks are drawn as outlines. */
  readonly isHollow: boolean;
};

/** The model that is judged. */
export const CANDIDATE_LOOK: SeriesLook = {
  stroke: 'stroke-c-new',
  fill: 'fill-c-new',
  dash: undefined,
  width: 2,
  isHollow: false,
};

/** What it is compared with. */
export const BASELINE_LOOK: SeriesLook = {
  stroke: 'stroke-c-base',
  fill: 'fill-c-base',
  dash: '4 2.5',
  width: 1.5,
  isHollow: true,
};
