/** Numbers one after the other, as many as come. */

const START = 1024;

/** See the module. */
export class GrowingNumbers {
  /** How many there are. */
  length = 0;
  private numbers = new Float64Array(START);

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length++] = number;
  }

  /** The numbers so far; none may be added afterwards. */
  take(): Float64Array<ArrayBuffer> {
    return this.numbers.subarray(0, this.length);
  }
}
