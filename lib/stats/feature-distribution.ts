/** How the values of a feature lie in each split, with those marked that the schema does not list. */

import type { FeatureDistribution } from '../artifact/anomaly-report';
import type { DataSchema } from '../artifact/data-schema';
import { domainValues } from '../artifact/schema-words';
import { equalWidthBins } from '../chart/bins';
import { toCumulative } from '../chart/cumulative';
import { compareCodePoints } from './ranking';
import type { FeatureView } from './statistics-view';

/** A feature in one split; undefined where the split does not have it. */
export type SplitView = { readonly split: string; readonly view: FeatureView | undefined };

/** Listed values with a bar of their own, and unlisted ones. */
const LISTED_BARS = 8;
const UNLISTED_BARS = 5;
/** Longest label, in characters. */
const LABEL_CHARACTERS = 300;

/** The distribution of a feature. */
export function featureDistribution(
  views: readonly SplitView[],
  { schema, name }: { readonly schema: DataSchema; readonly name: string },
): FeatureDistribution {
  if (views.some(({ view }) => view !== undefined && view.labels.size > 0)) {
    const feature = schema.feature.find((each) => (each.name ?? '') === name);
    return valuesOf(views, feature === undefined ? undefined : listOf(feature, schema));
  }
  return numbersOf(views);
}

function numbersOf(views: readonly SplitView[]): FeatureDistribution {
  const isWhole = views.every(({ view }) => view === undefined || view.type === 'INT');
  const sides = views.map(({ view }) => view && toCumulative(view.numbers.histograms, { isWhole }));
  const bins = equalWidthBins(sides, { isWhole });
  if (bins === undefined) return { kind: 'none' };
  return {
    kind: 'numbers',
    splits: views.map(({ split }, at) => {
      const counts = bins.counts[at];
      return { split, total: sides[at]?.total ?? 0, ...(counts !== undefined && { counts: [...counts] }) };
    }),
    edges: [...bins.edges],
    isCutLow: bins.isCutLow,
    isCutHigh: bins.isCutHigh,
  };
}

function listOf(feature: DataSchema['feature'][number], schema: DataSchema): readonly string[] | undefined {
  const { boolDomain } = feature;
  if (boolDomain === undefined) return domainValues(feature, schema);
  return [boolDomain.trueValue, boolDomain.falseValue].filter((value) => value !== undefined);
}

function valuesOf(views: readonly SplitView[], list: readonly string[] | undefined): FeatureDistribution {
  const listed = list === undefined ? undefined : new Set(list);
  const counts = new Map<string, number[]>();
  for (const [at, { view }] of views.entries()) {
    for (const [label, count] of view?.labels ?? []) {
      const row = counts.get(label) ?? views.map(() => 0);
      row[at] = count;
      counts.set(label, row);
    }
  }
  const ranked = [...counts]
    .map(([value, row]) => ({ value, counts: row, isListed: listed?.has(value) ?? true }))
    .toSorted((a, b) => sumOf(b.counts) - sumOf(a.counts) || compareCodePoints(a.value, b.value));
  const known = ranked.filter(({ isListed }) => isListed);
  const unknown = ranked.filter(({ isListed }) => !isListed);
  const bars = [...known.slice(0, LISTED_BARS), ...unknown.slice(0, UNLISTED_BARS)];
  return {
    kind: 'values',
    splits: views.map(({ split, view }) => ({ split, total: view?.totalValues ?? 0 })),
    bars: bars.map(({ value, ...rest }) => ({ ...rest, value: shortened(value) })),
    otherListed: othersOf(known.slice(LISTED_BARS), views.length),
    otherUnlisted: othersOf(unknown.slice(UNLISTED_BARS), views.length),
    hasList: listed !== undefined,
  };
}

function othersOf(rows: readonly { readonly counts: readonly number[] }[], splits: number) {
  const counts = Array.from({ length: splits }, (_, at) => rows.reduce((sum, row) => sum + (row.counts[at] ?? 0), 0));
  return { values: rows.length, counts };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function shortened(text: string): string {
  return text.length <= LABEL_CHARACTERS ? text : `${text.slice(0, LABEL_CHARACTERS - 1)}…`;
}
