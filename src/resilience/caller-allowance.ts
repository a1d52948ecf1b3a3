/** How many requests each caller may still make. */
export interface CallerAllowance {
  /** Takes one, if there is one. @returns 0, or in how many milliseconds there is one */
  take(caller: string): number | Promise<number>;
}

export interface AllowanceSize {
  /** So many at once. */
  readonly count: number;
  /** In this time, all of them come back, one after the other. */
  readonly windowMs: number;
}
