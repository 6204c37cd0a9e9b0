/** Strings by number: each distinct string is kept once. */
export class NameTable {
  readonly #names: string[];
  readonly #rows = new Map<string, number>();

  constructor(names: readonly string[] = []) {
    this.#names = [...names];
    this.#names.forEach((name, row) => this.#rows.set(name, row));
  }

  get names(): readonly string[] {
    return this.#names;
  }

  rowOf(name: string): number {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    this.#rows.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  find(name: string): number | undefined {
    return this.#rows.get(name);
  }

  nameOf(row: number): string {
    return this.#names[row]!;
  }
}
