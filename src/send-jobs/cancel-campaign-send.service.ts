import type { Campaign } from "../campaigns/campaign.type.js";
import { CancelCampaignSendPayload } from "./cancel-campaign-send.payload.js";
import { withStatus } from "./campaign-watch.js";
import { CancelVerdicts } from "./cancel-verdicts.js";
import { type CancelDependencies, CancelFlight, type CancelRequest, QUICK_LOOK_MS } from "./cancel-flight.js";

interface RunningCancel {
  readonly key: string;
  readonly flight: CancelFlight;
  readonly result: Promise<CancelCampaignSendPayload>;
}

/** The emergency button. One instance serves the whole process, so that equal cancels in flight are one. */
export class CancelCampaignSendService {
  private readonly inFlight = new Set<RunningCancel>();

  constructor(private readonly dependencies: CancelDependencies) {}

  /**
   * Stops a campaign's send, or says why not. Never rejects for anything that Klaviyo does, and goes on whether or not its
   * caller is still there. A call that equals one in flight shares its PATCH and its answer, unless one of
   * them has less time: the patient are not to get the answer of somebody in a hurry, nor are those to wait for the patient.
   */
  async cancel(request: CancelRequest): Promise<CancelCampaignSendPayload> {
    // What nobody waits for any more, or not in time, is not begun: a late cancel could hit a campaign that was sent anew.
    if (request.isAbandoned || request.remainingMs <= 0)
      return new CancelVerdicts(request, this.dependencies.settings.waitMs).notBegun();
    const key = `${request.id} ${request.action} ${request.revision}`;
    const { flight, result } = this.find(key, request) ?? this.start(key, request);
    flight.watch.want(request.query);
    const payload = await result;
    if (!payload.campaign || flight.watch.hasSeen(request.query)) return payload;
    // Joined after the last look, and wants to see more of the campaign than that look fetched.
    return new CancelCampaignSendPayload({ ...payload, campaign: await this.readAgain(request) });
  }

  private find(key: string, { remainingMs }: CancelRequest): RunningCancel | undefined {
    return [...this.inFlight].find((cancel) => cancel.key === key && cancel.flight.suits(remainingMs));
  }

  private start(key: string, request: CancelRequest): RunningCancel {
    const flight = new CancelFlight(request, this.dependencies);
    const result = this.dependencies.running.track(flight.run().finally(() => this.inFlight.delete(cancel)));
    const cancel: RunningCancel = { key, flight, result };
    this.inFlight.add(cancel);
    return cancel;
  }

  private async readAgain({ id, query }: CancelRequest): Promise<Campaign | null> {
    const { readBack, settings } = this.dependencies;
    const remainingMs = Math.max(settings.waitMs, QUICK_LOOK_MS);
    return readBack.read(id, withStatus(query), { remainingMs, patienceMs: remainingMs }).catch(() => null);
  }
}
