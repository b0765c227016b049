/**
 * Features → what a model's layers take, and labels → what they are compared with. Training, evaluation, the command line
 * and the browser all come through here, so that a model never sees a row in two ways.
 */

import type { ModelInfo } from '../artifact/model-info';
import type { TransformCell } from '../transform/apply-transform';

/** Features by name, as `Transform.batch` gives them. Plain arrays of numbers will do: there NaN means missing. */
export type FeatureColumns = Readonly<Record<string, ArrayLike<TransformCell>>>;

/** The inputs of the layers for some rows, row by row. An input that the model does not have is empty. */
export type ModelInputs = {
  readonly rows: number;
  /** `rows` × the sum of the widths of `info.deep`. */
  readonly deep: Float32Array<ArrayBuffer>;
  /** `rows` × the groups of `info.wide`. Each index counts in the group's own range; its depth stands for nothing. */
  readonly wide: Int32Array<ArrayBuffer>;
};

const NOTHING: ArrayLike<TransformCell> = [];

/**
 * Lays the features of `rows` rows out as the layers take them. A number that is missing counts 0. A feature that is
 * several numbers wide takes a list as it is, and sets 1 at the place that a single number names.
 */
export function modelInputs(
  info: Pick<ModelInfo, 'deep' | 'wide'>,
  features: FeatureColumns,
  rows: number,
): ModelInputs {
  const deepWidth = deepWidthOf(info);
  const deep = new Float32Array(rows * deepWidth);
  let offset = 0;
  for (const { feature, width } of info.deep) {
    const cells = cellsOf(features, feature);
    for (let row = 0; row < rows; row++) putDeep(deep.subarray(row * deepWidth + offset), cells[row] ?? null, width);
    offset += width;
  }
  const groups = info.wide.length;
  const wide = new Int32Array(rows * groups);
  for (const [group, { feature, depth }] of info.wide.entries()) {
    const cells = cellsOf(features, feature);
    for (let row = 0; row < rows; row++) wide[row * groups + group] = placeOf(cells[row] ?? null, depth) ?? depth;
  }
  return { rows, deep, wide };
}

/** How many numbers the input `deep` has in a row. */
export function deepWidthOf({ deep }: Pick<ModelInfo, 'deep'>): number {
  return deep.reduce((sum, { width }) => sum + width, 0);
}

/** How many weights the input `wide` chooses from: the depths of all groups, without their places for nothing. */
export function wideDepthOf({ wide }: Pick<ModelInfo, 'wide'>): number {
  return wide.reduce((sum, { depth }) => sum + depth, 0);
}

/** How many numbers the model gives for a row: one score for each class of `multi-class`, else one. */
export function outputsOf({ task, label }: Pick<ModelInfo, 'task' | 'label'>): number {
  return task === 'multi-class' ? Math.max(1, label.classes?.length ?? 0) : 1;
}

/**
 * What is true of each row, by the label's feature: the number of the class, or for regression the number itself. NaN where
 * it is missing, and where a vocabulary had no number for it; −1 where a class is not one of the model's.
 */
export function modelLabels(
  info: Pick<ModelInfo, 'task' | 'label'>,
  features: FeatureColumns,
  rows: number,
): Float64Array<ArrayBuffer> {
  const { task, label } = info;
  const cells = cellsOf(features, label.feature);
  // A number that stands for a class named by a text came out of a vocabulary: it is the class already.
  const isNumbered = task !== 'multi-class' || typeof label.classes?.[0] === 'string';
  const classes = classNumbers(label.classes ?? []);
  return Float64Array.from({ length: rows }, (_, row) => {
    const value = singleValue(cells[row] ?? null);
    if (value === null) return Number.NaN;
    if (task === 'regression') return Number(value);
    if (!isNumbered || typeof value === 'string') return classes.get(String(value)) ?? -1;
    return Number(value) < 0 ? Number.NaN : Number(value);
  });
}

/**
 * The same, by the values of the column of the examples that the label is computed from: matched with the classes where the
 * model has any.
 */
export function rawLabels(
  { task, label }: Pick<ModelInfo, 'task' | 'label'>,
  cells: ArrayLike<TransformCell>,
): Float64Array<ArrayBuffer> {
  const classes = task === 'multi-class' ? classNumbers(label.classes ?? []) : undefined;
  return Float64Array.from({ length: cells.length }, (_, row) => {
    const value = singleValue(cells[row] ?? null);
    if (value === null) return Number.NaN;
    return classes === undefined ? Number(value) : (classes.get(String(value)) ?? -1);
  });
}

function classNumbers(classes: readonly (string | number)[]): ReadonlyMap<string, number> {
  return new Map(classes.map((value, index) => [String(value), index]));
}

function cellsOf(features: FeatureColumns, name: string): ArrayLike<TransformCell> {
  return Object.hasOwn(features, name) ? (features[name] ?? NOTHING) : NOTHING;
}

function putDeep(target: Float32Array, cell: TransformCell, width: number): void {
  if (cell !== null && typeof cell === 'object') {
    for (let index = 0; index < Math.min(width, cell.length); index++) target[index] = numberOf(cell[index] ?? 0);
    return;
  }
  if (width === 1) {
    target[0] = cell === null ? 0 : numberOf(cell);
    return;
  }
  const place = placeOf(cell, width);
  if (place !== undefined) target[place] = 1;
}

function numberOf(value: number | bigint | string): number {
  const number = Number(value);
  return Number.isNaN(number) ? 0 : number;
}

/** Where in a list of `depth` places a value stands: the number itself, or where its one-hot vector has its 1. */
function placeOf(cell: TransformCell, depth: number): number | undefined {
  if (cell === null) return undefined;
  if (typeof cell === 'object') {
    const place = cell.findIndex((value) => Number(value) !== 0);
    return place === -1 || place >= depth ? undefined : place;
  }
  const place = Number(cell);
  return Number.isInteger(place) && place >= 0 && place < depth ? place : undefined;
}

/** The value of a cell; of a list its only one. */
function singleValue(cell: TransformCell): number | bigint | string | null {
  if (cell !== null && typeof cell === 'object') return cell.length === 1 ? (cell[0] ?? null) : null;
  return cell;
}
