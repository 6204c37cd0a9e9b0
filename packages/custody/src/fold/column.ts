/** Columns of numbers that grow: the folds keep millions of rows in typed arrays, not in objects. */

type TypedArray = Int32Array | Uint32Array | Float64Array | Uint8Array;

export class Column<A extends TypedArray> {
  #array: A;
  #length = 0;

  constructor(array: A) {
    this.#array = array;
    this.#length = array.length;
  }

  static int32(): Column<Int32Array> {
    return new Column<Int32Array>(new Int32Array(0));
  }

  static float64(): Column<Float64Array> {
    return new Column<Float64Array>(new Float64Array(0));
  }

  static uint8(): Column<Uint8Array> {
    return new Column<Uint8Array>(new Uint8Array(0));
  }

  get length(): number {
    return this.#length;
  }

  /** The array behind the column, longer than `length`; stale after the next `push`. For tight loops. */
  get raw(): A {
    return this.#array;
  }

  get(row: number): number {
    return this.#array[row]!;
  }

  set(row: number, value: number): void {
    this.#array[row] = value;
  }

  push(value: number): void {
    if (this.#length === this.#array.length) {
      const grown = new (this.#array.constructor as new (length: number) => A)(Math.max(64, this.#length * 2));
      grown.set(this.#array);
      this.#array = grown;
    }
    this.#array[this.#length++] = value;
  }

  /** Exactly the rows, for a snapshot. */
  rows(): A {
    return this.#array.slice(0, this.#length) as A;
  }
}
