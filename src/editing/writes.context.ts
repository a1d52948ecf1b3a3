import type { SendCampaignService } from "./send-campaign.service.js";
import type { WriteDependencies } from "./write-flight.js";
import type { Verdict } from "./write.payload.js";

/** What a write leaves behind for those who will ask who changed what. It holds nothing of what was written. */
export interface WriteRecord {
  /** The mutation. */
  readonly write: string;
  /** Of what it was about; null for what was yet to be made. */
  readonly targetId: string | null;
  /** Of what it made, where it made something and the id is known. */
  readonly madeId: string | null;
  readonly outcome: string;
  readonly problem: string | null;
  readonly klaviyoErrorId: string | null;
}

/** What writing needs of a request. */
export interface WritesContext {
  /** Of the caller's account. */
  readonly writes: WriteDependencies;
  readonly sendCampaign: SendCampaignService;
  /**
   * What is left of the request's time for writes, in milliseconds. They share it, since they run one after the other; and there
   * is none left once the client has gone: what nobody waits for any more is not begun.
   */
  readonly writeTimeMs: () => number;
  /** Among callers, turns are taken where calls have to wait. */
  readonly callerKey: string;
  /** Called once for each write when it has been decided, whether or not the client is still there. Its answer waits for it. */
  readonly onWrite: (record: WriteRecord) => Promise<void>;
}

/** What writes need, cut to the time of the request that asks, and in its caller's name. */
export function inTimeOf({ writes, writeTimeMs, callerKey }: WritesContext): WriteDependencies {
  return { ...writes, caller: callerKey, deadlineMs: Math.min(writes.deadlineMs, writeTimeMs()) };
}

/** Puts a write on record. @returns its payload */
export async function recorded<TPayload extends Verdict>(
  { onWrite }: WritesContext,
  about: Pick<WriteRecord, "write"> & Partial<Pick<WriteRecord, "targetId" | "madeId">>,
  payload: TPayload,
): Promise<TPayload> {
  const { outcome, problem } = payload;
  await onWrite({
    targetId: null,
    madeId: null,
    ...about,
    outcome,
    problem: problem?.code ?? null,
    klaviyoErrorId: problem?.klaviyoErrorId ?? null,
  });
  return payload;
}
