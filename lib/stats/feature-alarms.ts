/** What makes a feature worth a look: one table of limits, and what of a row is beyond them. */

import type { SideFigures, StatisticsRow } from '../artifact/statistics-table';

/** A limit, why it is one, and where it comes from. */
type Limit = { readonly above: number; readonly source: string };

/** Shares and counts that alarm. */
export const ALARM_LIMITS = {
  /** Share of examples without the feature. */
  missing: { above: 0.02, source: 'Facets Overview' },
  /** Share of values that are 0. */
  zeros: { above: 0.1, source: 'Facets Overview' },
  /** Values of the second dataset that the first never had. */
  newValues: { above: 0, source: 'Sluice: a model has not seen them' },
} as const satisfies Record<string, Limit>;

/**
 * What alarms: a share above its limit; no example that has the feature, and a figure that is no finite number (both as
 * Facets Overview marks them); values that only the second dataset has.
 */
export const ALARMED_FIGURES = ['count', 'missing', 'zeros', 'notFinite', 'newValues'] as const;
/** One of {@link ALARMED_FIGURES}. */
export type AlarmedFigure = (typeof ALARMED_FIGURES)[number];

/** An alarm of one side of a row. */
export type FeatureAlarm = {
  readonly figure: AlarmedFigure;
  /** Place of the dataset among the sides. */
  readonly side: number;
  /** What was measured: a share for `missing` and `zeros`, a count otherwise. */
  readonly value: number;
};

/** Share of the examples that lack a feature. Undefined without examples. */
export function missingShare({ present, missing }: Pick<SideFigures, 'present' | 'missing'>): number | undefined {
  const all = present + missing;
  return all === 0 ? undefined : missing / all;
}

/** Share of the values that are 0, as Facets has it: of all values, not of all examples. Undefined without numbers. */
export function zeroShare({ zeros, values }: Pick<SideFigures, 'zeros' | 'values'>): number | undefined {
  return zeros === undefined || values <= 0 ? undefined : zeros / values;
}

/** Everything of a row that alarms, side by side. */
export function alarmsOf(row: Pick<StatisticsRow, 'sides' | 'newValues'>): readonly FeatureAlarm[] {
  const alarms = row.sides.flatMap((side, at) => (side === null ? [] : sideAlarms(side, at)));
  const { newValues = 0 } = row;
  if (newValues > ALARM_LIMITS.newValues.above) alarms.push({ figure: 'newValues', side: 1, value: newValues });
  return alarms;
}

function sideAlarms(side: SideFigures, at: number): FeatureAlarm[] {
  const alarms: FeatureAlarm[] = [];
  const missing = missingShare(side) ?? 0;
  const zeros = zeroShare(side) ?? 0;
  if (side.present === 0 && side.missing > 0) alarms.push({ figure: 'count', side: at, value: 0 });
  if (missing > ALARM_LIMITS.missing.above) alarms.push({ figure: 'missing', side: at, value: missing });
  if (zeros > ALARM_LIMITS.zeros.above) alarms.push({ figure: 'zeros', side: at, value: zeros });
  const figures = [side.mean, side.stdDev, side.min, side.median, side.max];
  const odd = figures.filter((figure) => typeof figure === 'string').length + (side.nans ?? 0);
  if (odd > 0) alarms.push({ figure: 'notFinite', side: at, value: odd });
  return alarms;
}
