/** Rows to learn from, column by column as small as they are, and batches gathered from them in any order. */

import type { ModelInfo } from '../../../lib/artifact/model-info';
import type { Batch } from './network';

/** A part of the deep input. `places`: the 1 of a vector, −1 for none; else `width` numbers a row. */
type DeepPart = {
  readonly offset: number;
  readonly width: number;
  readonly places?: Int32Array;
  readonly numbers?: Float32Array;
};

/** See the module. */
export type TrainingData = {
  readonly rows: number;
  readonly deepWidth: number;
  readonly deep: readonly DeepPart[];
  readonly groups: number;
  /** `groups` rows of the wide table for each row; −1 for nothing. */
  readonly places: Int32Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
};

/** Columns of one or several splits, one behind the other. NaN is missing in numbers, −1 in places. */
export type ColumnSource = {
  readonly rows: number;
  readonly column: (feature: string) => Float64Array;
  readonly isPlace: (feature: string) => boolean;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
};

/** Lays out what was read. The same rows give the layers the same inputs as `modelInputs` does. */
export function layOutData(info: Pick<ModelInfo, 'deep' | 'wide'>, source: ColumnSource): TrainingData {
  let offset = 0;
  const deep = info.deep.map(({ feature, width }): DeepPart => {
    const values = source.column(feature);
    const part = source.isPlace(feature)
      ? { offset, width, places: Int32Array.from(values, (place) => placeIn(place, width)) }
      : { offset, width, numbers: Float32Array.from(values, (number) => (Number.isNaN(number) ? 0 : number)) };
    offset += width;
    return part;
  });
  const groups = info.wide.length;
  const places = new Int32Array(source.rows * groups);
  let start = 0;
  for (const [group, { feature, depth }] of info.wide.entries()) {
    const values = source.column(feature);
    for (let row = 0; row < source.rows; row++) {
      const place = placeIn(values[row] ?? -1, depth);
      places[row * groups + group] = place < 0 ? -1 : start + place;
    }
    start += depth;
  }
  const { rows, labels, weights } = source;
  return { rows, deepWidth: offset, deep, groups, places, labels, weights };
}

function placeIn(value: number, depth: number): number {
  return Number.isInteger(value) && value >= 0 && value < depth ? value : -1;
}

/** Gathers batches into arrays that are used again and again. */
export class BatchReader {
  private readonly places: Int32Array;
  private readonly labels: Float64Array;
  private readonly weights: Float64Array;

  constructor(
    private readonly data: TrainingData,
    maxRows: number,
  ) {
    this.places = new Int32Array(maxRows * data.groups);
    this.labels = new Float64Array(maxRows);
    this.weights = new Float64Array(maxRows);
  }

  /** Rows `from` to below `to` of `order` (of the data itself without one); their deep inputs go to `inputs`. */
  read(inputs: Float32Array, { order, from, to }: { order?: Int32Array; from: number; to: number }): Batch {
    const { data } = this;
    const { deepWidth, groups } = data;
    const rows = to - from;
    const rowAt = (index: number): number => (order === undefined ? from + index : (order[from + index] ?? 0));
    for (const part of data.deep) this.readDeep(inputs, part, { rows, rowAt, deepWidth });
    for (let index = 0; index < rows; index++) {
      const row = rowAt(index);
      this.labels[index] = data.labels[row] ?? 0;
      this.weights[index] = data.weights[row] ?? 1;
      for (let group = 0; group < groups; group++)
        this.places[index * groups + group] = data.places[row * groups + group] ?? -1;
    }
    return {
      rows,
      places: this.places.subarray(0, rows * groups),
      labels: this.labels,
      weights: this.weights,
    };
  }

  private readDeep(
    inputs: Float32Array,
    { offset, width, numbers, places }: DeepPart,
    { rows, rowAt, deepWidth }: { rows: number; rowAt: (index: number) => number; deepWidth: number },
  ): void {
    for (let index = 0; index < rows; index++) {
      const row = rowAt(index);
      const at = index * deepWidth + offset;
      if (numbers !== undefined) {
        for (let column = 0; column < width; column++) inputs[at + column] = numbers[row * width + column] ?? 0;
        continue;
      }
      inputs.fill(0, at, at + width);
      const place = places?.[row] ?? -1;
      if (place >= 0) inputs[at + place] = 1;
    }
  }
}
