/**
 * The values of one feature, row by row, as numbers of a dictionary: finding the slices of a million rows then compares
 * whole numbers instead of texts.
 */

/** A value of a feature in a slice: numbers stay numbers. */
export type SliceValue = string | number;
/** A feature of one row: nothing where it is missing, several values where it holds a list. */
export type SliceCell = null | SliceValue | readonly SliceValue[];

/** See the module. */
export type SliceFeature = {
  /** Every value that occurs, each once. */
  readonly values: readonly SliceValue[];
  /** Places in `values`, row after row: one for each row, −1 where it is missing. With `ends`: as many as a row has. */
  readonly codes: Int32Array;
  /** Where each row ends in `codes`; absent where every row has one code. */
  readonly ends: Int32Array | undefined;
};

const START = 1024;

/** Takes the cells of a feature one by one. */
export class SliceFeatureBuilder {
  private readonly places = new Map<SliceValue, number>();
  private readonly values: SliceValue[] = [];
  private codes: Int32Array = new Int32Array(START);
  private codeCount = 0;
  /** Filled from the first list on. */
  private ends: Int32Array | undefined;
  private rows = 0;

  /** Adds the cell of the next row. */
  add(cell: SliceCell): void {
    if (isList(cell)) this.addList(cell);
    else {
      if (cell !== null || this.ends === undefined) this.push(cell === null ? -1 : this.placeOf(cell));
      this.endRow();
    }
  }

  /** The cells so far. */
  build(): SliceFeature {
    return {
      values: this.values,
      codes: this.codes.subarray(0, this.codeCount),
      ends: this.ends?.subarray(0, this.rows),
    };
  }

  private addList(cell: readonly SliceValue[]): void {
    this.ends ??= this.endsSoFar();
    for (const value of new Set(cell)) this.push(this.placeOf(value));
    this.endRow();
  }

  private endRow(): void {
    if (this.ends !== undefined) {
      this.ends = withRoom(this.ends, this.rows + 1);
      this.ends[this.rows] = this.codeCount;
    }
    this.rows++;
  }

  /** Until the first list every row had one code. */
  private endsSoFar(): Int32Array {
    return Int32Array.from({ length: Math.max(START, this.rows) }, (_, row) => row + 1);
  }

  private placeOf(value: SliceValue): number {
    let place = this.places.get(value);
    if (place === undefined) {
      place = this.values.length;
      this.places.set(value, place);
      this.values.push(value);
    }
    return place;
  }

  private push(code: number): void {
    this.codes = withRoom(this.codes, this.codeCount + 1);
    this.codes[this.codeCount++] = code;
  }
}

/** A feature whose cells are all there. */
export function sliceFeature(cells: Iterable<SliceCell>): SliceFeature {
  const builder = new SliceFeatureBuilder();
  for (const cell of cells) builder.add(cell);
  return builder.build();
}

function withRoom(numbers: Int32Array, needed: number): Int32Array {
  if (numbers.length >= needed) return numbers;
  const larger = new Int32Array(Math.max(needed, numbers.length * 2));
  larger.set(numbers);
  return larger;
}

function isList(cell: SliceCell): cell is readonly SliceValue[] {
  return Array.isArray(cell);
}
