import { faultsOfRequests } from "./accounting.ts";
import type { Column } from "./table.ts";

const ACCEPTED_P99_MS = 2_000;
const BUDGET_SHARE = 0.95;

/** What a gateway was to show and did not, in words. A plain proxy has no goals: it is there to be compared with. */
export function missedGoals({ result, summary }: Column): readonly string[] {
  const { audit, record } = result;
  if (!audit) return [];
  const { asked, truthful, clickToAccepted, stoppable, accepted, throttled, budget } = summary;
  const p99Ms = clickToAccepted.p99Ms ?? Infinity;
  const unaccounted = faultsOfRequests(record).length + audit.answers.length + audit.patches.length;
  const least = Math.min(...budget.map(({ share }) => share));
  const missed: readonly (readonly [boolean, string])[] = [
    [truthful < asked, `${asked - truthful} of ${asked} cancels were not answered truthfully`],
    [accepted < stoppable, `${stoppable - accepted} of ${stoppable} campaigns were never accepted for stopping`],
    [p99Ms > ACCEPTED_P99_MS, `click to accepted took ${p99Ms} ms at the 99th percentile, not ${ACCEPTED_P99_MS}`],
    [throttled > 0, `Klaviyo answered 429 ${throttled} times`],
    [least < BUDGET_SHARE, `${(least * 100).toFixed(1)} % of the granted budget was used, not ${BUDGET_SHARE * 100} %`],
    [unaccounted > 0, `${unaccounted} requests, answers or PATCHes are not accounted for`],
  ];
  return missed.filter(([isMissed]) => isMissed).map(([, words]) => words);
}
