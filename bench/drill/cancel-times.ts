import { answerOf, type CancelRecord } from "./cancel-record.ts";
import { CANCEL_PATH } from "./accounting.ts";
import type { DrillRecord } from "./run-drill.ts";

/** How long one cancel took, from the first click on. */
export interface CancelTimes {
  readonly campaignId: string;
  readonly isStoppable: boolean;
  /** Since the start of the drill. */
  readonly clickedMs: number;
  readonly acceptedAfterMs: number | undefined;
  /** Until a frontend was told STOPPED. */
  readonly stoppedAfterMs: number | undefined;
  readonly answeredAfterMs: number | undefined;
  readonly outcome: string | undefined;
}

export function cancelTimesOf({ cancels, startedAtMs, traffic }: DrillRecord): readonly CancelTimes[] {
  const acceptedAt = new Map(
    traffic.writes
      .filter(({ path, carriedOut }) => path.startsWith(CANCEL_PATH) && carriedOut === 204)
      .toReversed()
      .map(({ path, atMs }) => [path.slice(CANCEL_PATH.length), atMs]),
  );
  return cancels.map((cancel) => timesOf(cancel, startedAtMs, acceptedAt.get(cancel.press.campaignId)));
}

function timesOf(cancel: CancelRecord, startedAtMs: number, acceptedAtMs: number | undefined): CancelTimes {
  const { campaignId, isStoppable } = cancel.press;
  const clickedAtMs = cancel.clicks[0]?.atMs ?? startedAtMs;
  const answer = answerOf(cancel);
  const answeredAfterMs = answer && answer.endedAtMs - clickedAtMs;
  // A click may have been taken on by a replica that died before it could tell; the next one then finds the campaign stopped.
  const isTold = answer?.claim?.outcome === "STOPPED" || (isStoppable && answer?.claim?.outcome === "ALREADY_STOPPED");
  return {
    campaignId,
    isStoppable,
    clickedMs: clickedAtMs - startedAtMs,
    acceptedAfterMs: acceptedAtMs === undefined ? undefined : acceptedAtMs - clickedAtMs,
    stoppedAfterMs: isTold ? answeredAfterMs : undefined,
    answeredAfterMs,
    outcome: answer?.claim?.outcome,
  };
}
