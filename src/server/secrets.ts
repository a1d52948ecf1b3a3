/** What must not be read in the log. A secret that was replaced stays one: it may be valid still, and turn up late. */
export class Secrets {
  private readonly known = new Set<string>();
  /** Any of them, and it is one look at a text, however many there are. */
  private pattern: RegExp | undefined;

  /** @param form what looks like this is a secret as well, known or not; global */
  constructor(
    secrets: readonly string[],
    private readonly form?: RegExp,
  ) {
    for (const secret of secrets) this.add(secret);
  }

  add(secret: string): void {
    if (secret === "" || this.known.has(secret)) return;
    this.known.add(secret);
    // As it stands in a line of JSON.
    this.known.add(JSON.stringify(secret).slice(1, -1));
    this.pattern = undefined;
  }

  strikeOut(text: string): string {
    const rest = this.form ? text.replace(this.form, "[secret]") : text;
    if (this.known.size === 0) return rest;
    this.pattern ??= anyOf([...this.known]);
    return rest.replace(this.pattern, "[secret]");
  }
}

/** Were one the beginning of another, to strike out the shorter first would leave the other's end. */
function anyOf(texts: readonly string[]): RegExp {
  const longestFirst = texts.toSorted((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"), "g");
}
