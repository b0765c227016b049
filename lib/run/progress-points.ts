/** The curve of a node that is running: what was measured after so many steps, thinned out so that it stays short. */

import * as z from 'zod';

/** Parser of a {@link ProgressPoint}. */
export const zProgressPoint = z.object({
  step: z.number(),
  epoch: z.number(),
  /** What was measured, by name: `loss`, `evalLoss`. */
  values: z.record(z.string(), z.number()),
});
/** A point of a curve. */
export type ProgressPoint = z.infer<typeof zProgressPoint>;

/** Most points of a curve that are kept. */
const MOST_POINTS = 240;

/** Adds points to a curve. Points at or before its last step begin it anew from there: an attempt went on from a checkpoint. */
export function addPoints(
  curve: readonly ProgressPoint[] | undefined,
  points: readonly ProgressPoint[],
): readonly ProgressPoint[] {
  const [first] = points;
  if (curve === undefined || first === undefined) return thinPoints([...(curve ?? []), ...points]);
  return thinPoints([...curve.filter(({ step }) => step < first.step), ...points]);
}

/** Every second point while there are too many; first and last stay, and whatever the others do not measure. */
export function thinPoints(points: readonly ProgressPoint[]): readonly ProgressPoint[] {
  let kept = points;
  while (kept.length > MOST_POINTS) {
    const last = kept.length - 1;
    const next = kept.filter(({ values }, index) => index % 2 === 0 || index === last || 'evalLoss' in values);
    kept = next.length < kept.length ? next : kept.filter((_, index) => index % 2 === 0 || index === last);
  }
  return kept;
}
