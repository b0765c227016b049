/**
 * The weights of the wide part: one row of outputs for each index of each group. A batch touches few of them, so a step
 * costs what it touches and not the table. Under Adam a row without a gradient still moves, by what its means remember:
 * these movements are made up for when the row is next read, so that the result is that of the dense Adam of Keras.
 */

import { BETA_1, BETA_2, biasCorrection, EPSILON, type Optimizer } from './optimizer';

/** A movement below this changes no weight in single precision: the rest of a row's way is left out. */
const SMALLEST_MOVE = 1e-13;

/** See the module. */
export class WideTable {
  readonly weights: Float32Array<ArrayBuffer>;
  private readonly first: Float32Array<ArrayBuffer>;
  private readonly second: Float32Array<ArrayBuffer>;
  /** The step up to which each row is worked out. */
  private readonly settled: Int32Array<ArrayBuffer>;
  private readonly gradient: Float32Array<ArrayBuffer>;
  private readonly touched: Int32Array<ArrayBuffer>;
  private readonly isTouched: Uint8Array<ArrayBuffer>;
  private touchedCount = 0;

  constructor(
    private readonly size: { readonly rows: number; readonly outputs: number },
    private readonly optimizer: Optimizer,
  ) {
    const { rows, outputs } = size;
    const moments = optimizer.type === 'adam' ? rows * outputs : 0;
    this.weights = new Float32Array(rows * outputs);
    this.first = new Float32Array(moments);
    this.second = new Float32Array(moments);
    this.settled = new Int32Array(rows);
    this.gradient = new Float32Array(rows * outputs);
    this.touched = new Int32Array(rows);
    this.isTouched = new Uint8Array(rows);
  }

  /** Everything that decides the further course, to be kept and put back. */
  state(): (Float32Array | Int32Array)[] {
    return [this.weights, this.first, this.second, this.settled];
  }

  /** Works out the rows that a batch reads, before step `step`. Numbers below zero stand for nothing. */
  prepare(places: Int32Array, step: number): void {
    for (const row of places) {
      if (row < 0 || this.isTouched[row] === 1) continue;
      this.isTouched[row] = 1;
      this.touched[this.touchedCount++] = row;
      this.catchUp(row, step - 1);
    }
  }

  /** Works out every row after step `step`. */
  settle(step: number): void {
    for (let row = 0; row < this.size.rows; row++) this.catchUp(row, step);
  }

  /** Adds the rows that `places` names, `groups` of them for each of the outputs' rows. */
  addTo(sums: Float32Array, stride: number, { places, groups }: WidePlaces): void {
    const { outputs } = this.size;
    const rows = groups === 0 ? 0 : places.length / groups;
    for (let row = 0; row < rows; row++)
      for (let group = 0; group < groups; group++) {
        const place = places[row * groups + group] ?? -1;
        if (place < 0) continue;
        for (let output = 0; output < outputs; output++) {
          const at = row * stride + output;
          sums[at] = (sums[at] ?? 0) + (this.weights[place * outputs + output] ?? 0);
        }
      }
  }

  /** Takes step `step` along the gradients of the sums, for the rows that were prepared. */
  learn(
    gradients: Float32Array,
    stride: number,
    { places, groups, step }: WidePlaces & { readonly step: number },
  ): void {
    const { outputs } = this.size;
    const rows = groups === 0 ? 0 : places.length / groups;
    for (let row = 0; row < rows; row++)
      for (let group = 0; group < groups; group++) {
        const place = places[row * groups + group] ?? -1;
        if (place < 0) continue;
        for (let output = 0; output < outputs; output++) {
          const at = place * outputs + output;
          this.gradient[at] = (this.gradient[at] ?? 0) + (gradients[row * stride + output] ?? 0);
        }
      }
    const rate = this.optimizer.learningRate * (this.optimizer.type === 'adam' ? biasCorrection(step) : 1);
    for (let index = 0; index < this.touchedCount; index++) {
      const row = this.touched[index] ?? 0;
      this.isTouched[row] = 0;
      this.settled[row] = step;
      for (let at = row * outputs; at < (row + 1) * outputs; at++) {
        const slope = this.gradient[at] ?? 0;
        this.gradient[at] = 0;
        if (this.optimizer.type === 'adam') this.move(at, slope, rate);
        else this.weights[at] = (this.weights[at] ?? 0) - rate * slope;
      }
    }
    this.touchedCount = 0;
  }

  private move(at: number, slope: number, rate: number): void {
    const first = Math.fround((this.first[at] ?? 0) + (slope - (this.first[at] ?? 0)) * (1 - BETA_1));
    const second = Math.fround((this.second[at] ?? 0) + (slope * slope - (this.second[at] ?? 0)) * (1 - BETA_2));
    this.first[at] = first;
    this.second[at] = second;
    this.weights[at] = (this.weights[at] ?? 0) - (rate * first) / (Math.sqrt(second) + EPSILON);
  }

  /** The steps without a gradient after `settled`, up to and with `step`. */
  private catchUp(row: number, step: number): void {
    const since = this.settled[row] ?? 0;
    if (this.optimizer.type !== 'adam' || since >= step) return;
    this.settled[row] = step;
    const { outputs } = this.size;
    for (let at = row * outputs; at < (row + 1) * outputs; at++) {
      let first = this.first[at] ?? 0;
      if (first === 0) {
        this.second[at] = (this.second[at] ?? 0) * BETA_2 ** (step - since);
        continue;
      }
      let second = this.second[at] ?? 0;
      let weight = this.weights[at] ?? 0;
      let now = since + 1;
      for (; now <= step; now++) {
        first = Math.fround(first * BETA_1);
        second = Math.fround(second * BETA_2);
        const move = (this.optimizer.learningRate * biasCorrection(now) * first) / (Math.sqrt(second) + EPSILON);
        if (Math.abs(move) < SMALLEST_MOVE) break;
        weight = Math.fround(weight - move);
      }
      const rest = Math.max(0, step - now);
      this.first[at] = first * BETA_1 ** rest;
      this.second[at] = second * BETA_2 ** rest;
      this.weights[at] = weight;
    }
  }
}

/** Which rows of the table each row of a batch reads: `groups` places a row, one behind the other. */
export type WidePlaces = { readonly places: Int32Array; readonly groups: number };
