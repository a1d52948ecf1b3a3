/** How far a fuzz run goes. The same seed and number of runs try the same things again. */
export interface FuzzOptions {
  readonly seed: number;
  /** Of each property. */
  readonly runs: number;
  /** What all properties may take together, whatever the number of runs. */
  readonly seconds: number;
  /** Whether somebody waits to hear how many runs there were. */
  readonly isReported: boolean;
}

/** What `npm test` has time for. */
const SMALL: FuzzOptions = { seed: 5, runs: 25, seconds: 40, isReported: false };

export function readOptions(env: Readonly<Record<string, string | undefined>>): FuzzOptions {
  return {
    seed: Number(env["FUZZ_SEED"] ?? SMALL.seed),
    runs: Number(env["FUZZ_RUNS"] ?? SMALL.runs),
    seconds: Number(env["FUZZ_SECONDS"] ?? SMALL.seconds),
    isReported: env["FUZZ_SEED"] !== undefined,
  };
}
