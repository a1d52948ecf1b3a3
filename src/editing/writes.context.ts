import type { SendCampaignService } from "./send-campaign.service.js";
import { inTime } from "../resilience/in-time.js";
import type { WriteCall, WriteDependencies } from "./write-flight.js";
import { WriteProgress } from "./write-progress.js";
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
  /** How long the caller is going to wait: Infinity where it does not say. Nothing is begun after that; what is out is seen through. */
  readonly patienceMs: () => number;
  /** Among callers, turns are taken where calls have to wait. */
  readonly callerKey: string;
  /** Called once for each write when it has been decided, whether or not the client is still there. Its answer waits for it. */
  readonly onWrite: (record: WriteRecord) => Promise<void>;
}

/** One write of a request. */
export interface Write<TPayload extends Verdict> {
  /** @returns what became of it; never rejects for anything that Klaviyo does */
  readonly run: (call: WriteCall) => Promise<TPayload>;
  /** A payload with nothing in it but the verdict. */
  readonly payloadOf: (verdict: Verdict) => TPayload;
  readonly about: (payload: TPayload) => Pick<WriteRecord, "write"> & Partial<Pick<WriteRecord, "targetId" | "madeId">>;
  /** Of the write that it is going to share. */
  readonly progress?: WriteProgress | undefined;
}

/**
 * Writes, and puts the end on record. A caller whose time is over first is told what is known by then, while the write is seen
 * through. @returns what to answer
 */
export async function written<TPayload extends Verdict>(
  context: WritesContext,
  { run, payloadOf, about, progress = new WriteProgress(context.writes.clock) }: Write<TPayload>,
): Promise<TPayload> {
  const { writes, callerKey: caller } = context;
  const { clock, running, onLateError } = writes;
  const deadlineMs = Math.min(writes.deadlineMs, context.writeTimeMs());
  const patienceMs = context.patienceMs();
  // Who has left waits for nothing, and nothing that another has begun is asked again for them.
  const waiting = progress.callers.join(Math.min(patienceMs, deadlineMs));
  const payload = run({ ...writes, caller, deadlineMs, patienceMs, progress });
  const end = running.track(payload.then((made) => recorded(context, about(made), made)));
  if (patienceMs >= deadlineMs) return end;
  const soFar = () => {
    progress.callers.leave(waiting);
    const verdict = progress.soFar();
    return verdict && payloadOf(verdict);
  };
  return inTime(end, { clock, limitMs: patienceMs, soFar, onLateError });
}

/** Puts a write on record. @returns its payload */
async function recorded<TPayload extends Verdict>(
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
