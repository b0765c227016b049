/** A row of statistics in words: for whoever does not see its picture, and as the finding of an expanded feature. */

import type { SideFigures, StatisticsRow, StoredBins } from '../artifact/statistics-table';
import { formatCount, formatQuantity, formatShare, formatValue, NO_VALUE } from '../format/number';
import { ALARM_LIMITS, alarmsOf, missingShare, zeroShare, type FeatureAlarm } from './feature-alarms';

/** Names of the datasets, in the order of the sides: `train`, `eval`. */
export type SideNames = readonly string[];

/** A figure as a number; NaN and infinities come back as what they are. */
export function figureNumber(figure: number | string | undefined): number | undefined {
  return figure === undefined ? undefined : Number(figure);
}

/** A number of a feature as people read it; numbers that name things stand as they are. */
export function formatFigure(figure: number | string | undefined, isIdentifier = false): string {
  const value = figureNumber(figure);
  if (!isIdentifier || value === undefined || !Number.isSafeInteger(value)) return formatValue(value);
  return value < 0 ? `−${-value}` : String(value);
}

/** Why no picture of a feature is drawn, as a sentence without a full stop. Undefined where one is. */
export function whyNoChart(row: StatisticsRow, names: SideNames): string | undefined {
  const values = row.sides.map((side) => (side === null ? undefined : side.values - (side.nans ?? 0)));
  const most = Math.max(0, ...values.map((count) => count ?? 0));
  if (most < 2) {
    const parts = values.map(
      (count, at) =>
        `${count === undefined || count === 0 ? 'none' : formatQuantity(count, 'value')} in ${names[at] ?? ''}`,
    );
    return most === 0 ? 'No values' : parts.join(', ');
  }
  if (row.group === 'numeric') {
    if (row.equal === undefined) return 'The range is too wide to draw';
    const [first, last] = [row.equal.edges[0], row.equal.edges.at(-1)];
    return first === last ? `Always ${formatFigure(first, row.isIdentifier)}` : undefined;
  }
  const { labels = [] } = row.bars ?? {};
  return labels.length === 0 ? 'Values are not listed' : undefined;
}

/** What a picture shows: where most values are, and how far the sides are apart. */
export function describeChart(row: StatisticsRow, bins: StoredBins | undefined, names: SideNames): string {
  const none = whyNoChart(row, names);
  if (none !== undefined) return none;
  const sides = names.length > 1 ? `${names.join(' and ')}: ` : '';
  if (row.group === 'categorical') {
    const { labels = [], rest = [] } = row.bars ?? {};
    const more = rest.some((count) => count > 0) ? ', and others' : '';
    return `${sides}the ${formatQuantity(labels.length, 'most frequent value')}${more}`;
  }
  const counts = bins?.counts.find((side) => side !== null) ?? [];
  const highest = counts.indexOf(Math.max(...counts));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [low, high] = [bins?.edges[highest], bins?.edges[highest + 1]];
  return `${sides}${formatQuantity(counts.length, 'bar')} from ${formatFigure(bins?.edges[0])} to ${formatFigure(bins?.edges.at(-1))}, the highest from ${formatFigure(low)} to ${formatFigure(high)} with ${formatShare(total === 0 ? undefined : (counts[highest] ?? 0) / total)}`;
}

/** The measure behind a distance, as the head of its column says it. */
export const DISTANCE_WORDS = {
  'jensen-shannon': 'Jensen–Shannon divergence (base 2) of the equal-width bars, over the same bounds on both sides',
  'l-infinity': 'L∞: the largest difference of a value’s share, as TFDV’s infinity_norm',
} as const;

/** What is found about a feature, a sentence each; the first is the one that counts most. */
export function findingsOf(row: StatisticsRow, names: SideNames): readonly string[] {
  const alarms = alarmsOf(row);
  const found = [
    bySide(alarms, 'count', () => 'No example has it').join(' '),
    shareFinding(alarms, row, { figure: 'missing', noun: 'missing', names }),
    shareFinding(alarms, row, { figure: 'zeros', noun: 'zeros', names }),
    ...notFiniteFindings(row, alarms, names),
    ...alarms
      .filter(({ figure }) => figure === 'newValues')
      .map(({ value }) => `${formatQuantity(value, 'value')} in ${names[1] ?? ''} that ${names[0] ?? ''} never has.`),
  ].filter((sentence) => sentence !== '');
  if (found.length > 0) return found;
  return [
    row.distance === undefined || names.length < 2
      ? 'Nothing alarming.'
      : `Nothing alarming. ${names[0] ?? ''} and ${names[1] ?? ''} are ${formatDistance(row.distance.value)} apart, of at most 1.`,
  ];
}

/** A distance: four places, since small ones are compared. */
export function formatDistance(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return NO_VALUE;
  return value > 0 && value < 0.00005 ? '<0.0001' : value.toFixed(4);
}

function bySide(alarms: readonly FeatureAlarm[], figure: FeatureAlarm['figure'], say: (alarm: FeatureAlarm) => string) {
  const found = alarms.filter((alarm) => alarm.figure === figure);
  return found.slice(0, 1).map((alarm) => `${say(alarm)}.`);
}

type ShareFinding = { readonly figure: 'missing' | 'zeros'; readonly noun: string; readonly names: SideNames };

function shareFinding(alarms: readonly FeatureAlarm[], row: StatisticsRow, { figure, noun, names }: ShareFinding) {
  if (!alarms.some((alarm) => alarm.figure === figure)) return '';
  const share = (side: SideFigures) => (figure === 'missing' ? missingShare(side) : zeroShare(side));
  const parts = row.sides.flatMap((side, at) => {
    const value = side === null ? undefined : share(side);
    const where = names.length > 1 ? ` in ${names[at] ?? ''}` : '';
    return value === undefined ? [] : [`${formatShare(value)}${at === 0 || where === '' ? ` ${noun}` : ''}${where}`];
  });
  return `${parts.join(', ')}: alarming above ${formatShare(ALARM_LIMITS[figure].above).replace('.0 %', ' %')}.`;
}

function notFiniteFindings(row: StatisticsRow, alarms: readonly FeatureAlarm[], names: SideNames): readonly string[] {
  return alarms
    .filter(({ figure }) => figure === 'notFinite')
    .map(({ side }) => {
      const nans = row.sides[side]?.nans ?? 0;
      const what = nans > 0 ? `${formatCount(nans)} values are not a number` : 'Some values are infinite';
      return `${what}${names.length > 1 ? ` in ${names[side] ?? ''}` : ''}.`;
    });
}
