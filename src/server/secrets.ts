/** What must not be read in the log. A secret that was replaced stays one: it may be valid still, and turn up late. */
export class Secrets {
  private longestFirst: readonly string[] = [];

  constructor(secrets: readonly string[]) {
    for (const secret of secrets) this.add(secret);
  }

  add(secret: string): void {
    // Were one the beginning of another, to strike out the shorter first would leave the other's end.
    this.longestFirst = [...new Set([...this.longestFirst, secret])].toSorted((a, b) => b.length - a.length);
  }

  strikeOut(text: string): string {
    return this.longestFirst.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  }
}
