import type { Traffic, TrafficCount } from "./klaviyo-control.ts";

/** What Klaviyo grants a minute where the frontends ask for more than there is. */
export const GRANTED_A_MINUTE = 150;
const UNDER_DEMAND = ["GET /api/campaigns", "GET /api/campaigns/{id}"] as const;

export interface BudgetUse {
  readonly endpoint: string;
  /** The minute, as seconds since the epoch. */
  readonly minute: number;
  readonly served: number;
}

/** What the simulator served of each endpoint under demand in each whole minute between two moments (seconds since the epoch). */
export function budgetUse({ counts }: Traffic, fromSecond: number, toSecond: number): readonly BudgetUse[] {
  const first = Math.ceil(fromSecond / 60) * 60;
  const minutes = Array.from(
    { length: Math.max(0, Math.floor((toSecond - first) / 60)) },
    (_, index) => first + index * 60,
  );
  return minutes.flatMap((minute) =>
    UNDER_DEMAND.map((endpoint) => {
      const within = counts.filter((count) => count.endpoint === endpoint && isWithin(count, minute));
      return { endpoint, minute, served: within.filter(isServed).reduce((sum, { count }) => sum + count, 0) };
    }),
  );
}

/** 429s: nobody but the drill uses the account, so each is of its own doing. */
export function throttledCount({ counts }: Traffic): number {
  return counts.filter(({ carriedOut }) => carriedOut === 429).reduce((sum, { count }) => sum + count, 0);
}

function isWithin({ second }: TrafficCount, minute: number): boolean {
  return second >= minute && second < minute + 60;
}

function isServed({ carriedOut }: TrafficCount): boolean {
  return carriedOut !== null && carriedOut !== 429;
}
