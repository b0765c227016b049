/** Which edges of a histogram are written below it: as many as fit, the ends of a cut tail always. */

/** What is known of the bars. */
export type EdgeInput = {
  readonly edges: readonly number[];
  readonly kind: 'equal' | 'quantiles';
  /** Bars hold one whole number each: the number stands below its bar. */
  readonly isUnit: boolean;
  readonly isCutLow: boolean;
  readonly isCutHigh: boolean;
  readonly places: readonly { readonly left: number; readonly right: number }[];
  /** Room of one label, in px. */
  readonly room: number;
};

/** A label below the axis: a value, and what it stands for. */
export type EdgeLabel = { readonly x: number; readonly value: number; readonly sign: '' | '>' | '<' };

/** Labels from left to right that do not touch each other. */
export function prepareEdges(input: EdgeInput): readonly EdgeLabel[] {
  const { edges, places, isUnit, isCutLow, isCutHigh, room } = input;
  const last = places.length - 1;
  const wanted = edges.flatMap((value, edge): EdgeLabel[] => {
    if (isUnit) {
      const place = places[edge];
      return place === undefined ? [] : [{ x: (place.left + place.right) / 2, value, sign: '' }];
    }
    if (isCutLow && edge === 0) return [];
    if (isCutHigh && edge === edges.length - 1) return [];
    const x = edge <= last ? places[edge]?.left : places[last]?.right;
    return x === undefined ? [] : [{ x, value, sign: '' }];
  });
  const tails: EdgeLabel[] = [];
  const [first, final] = [places[0], places[last]];
  if (isCutLow && first !== undefined)
    tails.push({ x: (first.left + first.right) / 2, value: edges[1] ?? 0, sign: '<' });
  if (isCutHigh && final !== undefined)
    tails.push({ x: (final.left + final.right) / 2, value: edges.at(-2) ?? 0, sign: '>' });
  const kept: EdgeLabel[] = [];
  const step = stepOf((room * places.length) / ((final?.right ?? 0) - (first?.left ?? 0)));
  for (const label of wanted.filter((_, at) => at % step === 0))
    if (tails.every((tail) => Math.abs(tail.x - label.x) >= room)) kept.push(label);
  return [...kept, ...tails].toSorted((a, b) => a.x - b.x);
}

/** Every label, every second, every fifth, every tenth: what a person counts by. `least` bars have the room of a label. */
function stepOf(least: number): number {
  return [1, 2, 5, 10, 20].find((step) => step >= least) ?? Math.max(1, Math.ceil(least));
}
