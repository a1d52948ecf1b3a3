export class FilterSyntaxError extends Error {
  constructor(expected: string, offset: number) {
    super(`expected ${expected} at character ${offset + 1}`);
    this.name = "FilterSyntaxError";
  }
}

/** A cursor over the text of a filter. Blanks between tokens are skipped. */
export class FilterReader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Steps over `symbol` if it comes next. */
  takes(symbol: string): boolean {
    this.#skipBlanks();
    if (!this.#text.startsWith(symbol, this.#offset)) return false;
    this.#offset += symbol.length;
    return true;
  }

  expect(symbol: string): void {
    if (!this.takes(symbol)) throw this.#fault(`"${symbol}"`);
  }

  expectEnd(): void {
    this.#skipBlanks();
    if (this.#offset < this.#text.length) throw this.#fault("the end");
  }

  /** An operator or a field: letters, hyphens, underscores and dots. */
  word(what: string): string {
    return this.#match(/[A-Za-z][A-Za-z0-9_.-]*/y) ?? this.#raise(what);
  }

  bare(): string {
    return this.#match(/[A-Za-z0-9_.:+-]+/y) ?? this.#raise("a value");
  }

  /** A string in single or double quotes, unescaped; undefined when no quote comes next. */
  quoted(): string | undefined {
    this.#skipBlanks();
    const quote = this.#text[this.#offset];
    if (quote !== '"' && quote !== "'") return undefined;
    let value = "";
    for (let at = this.#offset + 1; at < this.#text.length; at += 1) {
      const character = this.#text[at];
      if (character === quote) {
        this.#offset = at + 1;
        return value;
      }
      // A backslash lets the next character stand for itself.
      if (character === "\\") at += 1;
      value += this.#text[at] ?? "";
    }
    throw new FilterSyntaxError("the closing quote", this.#text.length);
  }

  #match(pattern: RegExp): string | undefined {
    this.#skipBlanks();
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    this.#offset += found?.length ?? 0;
    return found;
  }

  #skipBlanks(): void {
    while (this.#text[this.#offset] === " ") this.#offset += 1;
  }

  #raise(expected: string): never {
    throw this.#fault(expected);
  }

  #fault(expected: string): FilterSyntaxError {
    return new FilterSyntaxError(expected, this.#offset);
  }
}
