import { failureIn } from "../klaviyo/failure.js";
import { Deadline } from "../resilience/deadline.js";
import { inTime } from "../resilience/in-time.js";
import type { CancelCampaignSendPayload } from "./cancel-campaign-send.payload.js";
import { withStatus } from "./campaign-watch.js";
import { CancelVerdicts } from "./cancel-verdicts.js";
import { CancelFlight, QUICK_LOOK_MS } from "./cancel-flight.js";
import type { CancelDependencies, CancelRequest } from "./cancel-request.js";

/** Puts a cancel on record. */
export type OnCancelEnd = (payload: CancelCampaignSendPayload) => Promise<void>;

interface RunningCancel {
  readonly flight: CancelFlight;
  readonly result: Promise<CancelCampaignSendPayload>;
  /** What `result` has come to. */
  end?: CancelCampaignSendPayload;
}

/** The emergency button. One instance serves the whole process, so that equal cancels in flight are one. */
export class CancelCampaignSendService {
  /** By what they ask for. There is more than one of a kind where one gives up too early for the next who asks. */
  private readonly inFlight = new Map<string, RunningCancel[]>();

  constructor(private readonly dependencies: CancelDependencies) {}

  /**
   * Stops a campaign's send, or says why not. Never rejects for anything that Klaviyo does, and goes on whether or not its
   * caller is still there: whose time is over is told what is known by then. A call that equals one in flight shares its PATCH and
   * its end, unless it would have to ask on where that one has given up.
   * @param onEnd told how it truly ended, before those who still wait for it are
   */
  cancel(request: CancelRequest, onEnd: OnCancelEnd): Promise<CancelCampaignSendPayload> {
    const { running } = this.dependencies;
    // What nobody waits for any more, or not in time, is not begun: a late cancel could hit a campaign that was sent anew.
    if (request.isAbandoned || request.remainingMs <= 0 || request.patienceMs <= 0)
      return running.track(ended(this.verdicts(request).notBegun(), onEnd));
    const key = `${request.id} ${request.action} ${request.revision}`;
    const cancel = this.find(key, request) ?? this.start(key, request);
    cancel.flight.watch.want(request.query);
    const limitMs = Math.min(request.patienceMs, request.remainingMs);
    const caller = cancel.flight.join(limitMs);
    const end = running.track(this.endOf(cancel, request, onEnd));
    // Who has joined another one may have a little less time than that.
    if (limitMs === request.remainingMs && cancel.flight.remainingMs <= limitMs) return end;
    const { clock, onLateError } = this.dependencies;
    const soFar = () => this.soFar(cancel, caller, request);
    return inTime(end, { clock, limitMs, soFar, onLateError });
  }

  private async endOf(
    cancel: RunningCancel,
    request: CancelRequest,
    onEnd: OnCancelEnd,
  ): Promise<CancelCampaignSendPayload> {
    const time = new Deadline(this.dependencies.clock, request.remainingMs);
    const end = await cancel.result;
    const payload = isSeen(end, cancel, request) ? end : await this.readAgain(end, cancel, request, time);
    await onEnd(payload);
    return payload;
  }

  /** What a caller is told whose time is over: how it ended, where only their own look or their record is still being waited for. */
  private soFar(cancel: RunningCancel, caller: Deadline, request: CancelRequest): CancelCampaignSendPayload {
    const known = cancel.flight.soFar(caller);
    const payload = cancel.end ?? known;
    return isSeen(payload, cancel, request) ? payload : this.verdicts(request).unread(payload, { kind: "timeout" });
  }

  private find(key: string, { remainingMs }: CancelRequest): RunningCancel | undefined {
    return this.inFlight.get(key)?.find(({ flight }) => flight.suits(remainingMs));
  }

  private start(key: string, request: CancelRequest): RunningCancel {
    const flight = new CancelFlight(request, this.dependencies);
    // It asks the register first, so that its caller has joined before it looks for whom it asks. It is on record with each of them.
    const result = flight.run();
    const cancel: RunningCancel = { flight, result };
    const land = () => this.land(key, cancel);
    // Before anybody else is told of its end: who comes after that presses the button anew.
    result.then((end) => {
      cancel.end = end;
      land();
    }, land);
    const equal = this.inFlight.get(key);
    if (equal) equal.push(cancel);
    else this.inFlight.set(key, [cancel]);
    return cancel;
  }

  private land(key: string, cancel: RunningCancel): void {
    const equal = this.inFlight.get(key) ?? [];
    equal.splice(equal.indexOf(cancel), 1);
    if (equal.length === 0) this.inFlight.delete(key);
  }

  /** @param time of the request, after which nothing is sent */
  private async readAgain(
    end: CancelCampaignSendPayload,
    { flight }: RunningCancel,
    request: CancelRequest,
    time: Deadline,
  ): Promise<CancelCampaignSendPayload> {
    const { readBack, settings } = this.dependencies;
    const { id, query } = request;
    const { remainingMs } = time.within(Math.max(settings.waitMs, QUICK_LOOK_MS));
    if (remainingMs === 0) return this.verdicts(request).unread(end, { kind: "not-sent", cause: "timeout" });
    try {
      const campaign = await readBack.read(id, withStatus(query), { remainingMs, patienceMs: remainingMs });
      return flight.judge.seenSince(end, campaign);
    } catch (error) {
      return this.verdicts(request).unread(end, failureIn(error));
    }
  }

  private verdicts(request: CancelRequest): CancelVerdicts {
    return new CancelVerdicts(request, this.dependencies.settings.waitMs);
  }
}

/** Not where somebody has joined after the last look, and wants to see more of the campaign than that look fetched. */
function isSeen({ campaign }: CancelCampaignSendPayload, { flight }: RunningCancel, { query }: CancelRequest): boolean {
  return campaign === null || flight.watch.hasSeen(query);
}

async function ended(payload: CancelCampaignSendPayload, onEnd: OnCancelEnd): Promise<CancelCampaignSendPayload> {
  await onEnd(payload);
  return payload;
}
