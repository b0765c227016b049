import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { hasSharedData } from '../../server/testing/shared-data';
import { readGoldenPlots, runGolden, zFigure, type GoldenKey } from '../../server/testing/tfma-goldens';
import { toPlotsFile, type PlotsEntry } from './evaluation-files';
import { sliceText } from './slices';

const TOLERANCE = 1e-9;

/** Messages of plots that there are. Of the others there is no counterpart here. */
const BUILT = new Set([
  'calibrationHistogramBuckets',
  'confusionMatrixAtThresholds',
  'multiClassConfusionMatrixAtThresholds',
]);

const zField = z.union([zFigure, z.null().transform(() => 0)]);
const zRow = z.record(z.string(), z.union([z.number(), z.string().transform(Number)]));

/** A list of messages, which the goldens hold as columns where it is long. A field that is absent is 0. */
const zRows = z.union([
  z.array(z.record(z.string(), zField)),
  z
    .object({ columns: z.record(z.string(), z.array(zField)), length: z.number() })
    .transform(({ columns, length }) =>
      Array.from({ length }, (_, row) =>
        Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row] ?? 0])),
      ),
    ),
]);

const camel = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function expectRows(actual: unknown, expected: unknown, what: string): void {
  const wanted = zRows.parse(expected);
  const found = z.array(zRow).parse(actual);
  expect(found, what).toHaveLength(wanted.length);
  const differing = found.flatMap((row, index) => {
    const golden = Object.fromEntries(Object.entries(wanted[index] ?? {}).map(([name, value]) => [camel(name), value]));
    return [...new Set([...Object.keys(row), ...Object.keys(golden)])]
      .filter((name) => !isClose(row[name] ?? 0, golden[name] ?? 0))
      .map((name) => ({ index, name, found: row[name], golden: golden[name] }));
  });
  expect(differing, what).toEqual([]);
}

function isClose(found: number, golden: number): boolean {
  if (!Number.isFinite(golden)) return Object.is(found, golden);
  return Math.abs(found - golden) <= TOLERANCE * Math.max(1, Math.abs(golden));
}

function entryOf(entries: readonly PlotsEntry[], slice: string, key: GoldenKey): PlotsEntry | undefined {
  // Ours lie in the entry without a name; TFMA gives the matrices of classes a name of their own.
  const name = key.name === '' || key.name === 'multi_class_confusion_matrix_plot' ? undefined : key.name;
  return entries.find((entry) => sliceText(entry.slice) === slice && entry.name === name);
}

describe.skipIf(!hasSharedData)('the plots against the real TFMA', () => {
  it.each([
    { name: 'binary-plots-default', table: 'binary' as const, plots: 3 },
    { name: 'binary-plots-small-weighted', table: 'binary' as const, plots: 24 },
    { name: 'regression-calibration-plot', table: 'regression' as const, plots: 1 },
    { name: 'multiclass-plain', table: 'multiclass' as const, plots: 4 },
  ])('$name is equal', ({ name, table, plots }) => {
    const { results } = runGolden(name, table);
    const entries = toPlotsFile({ results, baseline: undefined });
    let compared = 0;
    for (const [slice, golden] of Object.entries(readGoldenPlots(name)))
      for (const { key, value } of golden)
        for (const [message, content] of Object.entries(z.record(z.string(), z.unknown()).parse(value))) {
          if (!BUILT.has(camel(message))) continue;
          compared++;
          const what = `${slice} ${key.name} ${message}`;
          const found = entryOf(entries, slice, key)?.plots[camel(message)];
          if (message.startsWith('multi_class')) expectClasses(found, content, what);
          else {
            const list = message.startsWith('calibration') ? 'buckets' : 'matrices';
            const inside = z.record(z.string(), z.unknown());
            expectRows(inside.parse(found)[list], inside.parse(content)[list], what);
          }
        }
    expect(compared).toBe(plots);
  });

  const zMatrices = z.object({
    matrices: z.array(z.object({ threshold: z.number().default(0), entries: z.unknown() })),
  });

  function expectClasses(actual: unknown, expected: unknown, what: string): void {
    const [found, wanted] = [zMatrices.parse(actual).matrices, zMatrices.parse(expected).matrices];
    expect(found.map(({ threshold }) => threshold)).toEqual(wanted.map(({ threshold }) => threshold));
    for (const [index, { entries }] of wanted.entries()) expectRows(found[index]?.entries, entries, what);
  }
});
