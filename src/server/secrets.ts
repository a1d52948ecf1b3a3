/** Tokens live for an hour, and Klaviyo gives out ten a minute at most, each perhaps with a refresh token: those before have ended. */
const MOST_PASSING = 2_000;

/** What must not be read in the log. A secret that was replaced stays one: it may be valid still, and turn up late. */
export class Secrets {
  private readonly known = new Set<string>();
  /** Those that end by themselves, in the order in which they were last told. */
  private readonly passing = new Set<string>();
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
    for (const form of formsOf(secret)) this.known.add(form);
    this.pattern = undefined;
  }

  /** One that ends by itself. There are more and more of these, so that only the last ones are remembered. */
  addPassing(secret: string): void {
    // What stays for good is not among them.
    if (this.known.has(secret) && !this.passing.delete(secret)) return;
    this.add(secret);
    this.passing.add(secret);
    const [oldest] = this.passing;
    if (oldest !== undefined && this.passing.size > MOST_PASSING) this.forget(oldest);
  }

  strikeOut(text: string): string {
    const rest = this.form ? text.replace(this.form, "[secret]") : text;
    if (this.known.size === 0) return rest;
    this.pattern ??= anyOf([...this.known]);
    return rest.replace(this.pattern, "[secret]");
  }

  private forget(secret: string): void {
    this.passing.delete(secret);
    for (const form of formsOf(secret)) this.known.delete(form);
    this.pattern = undefined;
  }
}

/** As it is, and as it stands in a line of JSON. */
function formsOf(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1)];
}

/** Were one the beginning of another, to strike out the shorter first would leave the other's end. */
function anyOf(texts: readonly string[]): RegExp {
  const longestFirst = texts.toSorted((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"), "g");
}
