import { CampaignStatus, phaseOf } from "../campaigns/campaign-status.enum.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { getCampaign } from "../klaviyo/campaigns-api.js";
import type { KlaviyoFailure } from "../klaviyo/failure.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { attributesQuery, type ResourceQuery } from "../klaviyo/resource-query.js";
import { getCampaignSendJob } from "../klaviyo/send-jobs-api.js";
import { sendCampaign, type WriteLimits } from "../klaviyo/writes-api.js";
import { CampaignSendJob } from "../send-jobs/campaign-send-job.type.js";
import { SendCampaignPayload } from "./send-campaign.payload.js";
import { from } from "./write-body.js";
import { type WriteCall, WriteFlight } from "./write-flight.js";
import type { WriteProgress } from "./write-progress.js";
import { ACCEPTED, missing, refused, unknown, type WriteDescription } from "./write-verdicts.js";
import type { Verdict } from "./write.payload.js";

export interface SendRequest {
  readonly id: string;
  /** What the caller wants to see of the campaign; undefined for nothing. */
  readonly query: ResourceQuery | undefined;
}

interface SendResult extends Verdict {
  readonly sendJob: CampaignSendJob | null;
}

interface RunningSend {
  readonly result: Promise<SendResult>;
  readonly progress: WriteProgress;
}

const STATUS = attributesQuery("campaign", ["status"]);

/**
 * Sends campaigns. Sending one twice mails everybody twice, so a send is asked once: it is repeated only after Klaviyo, or the
 * transport, has said that it was not executed, and in the first case only if the campaign is still a draft. Calls for the same
 * campaign at the same time are one. One instance serves the whole process.
 */
export class SendCampaignService {
  private readonly running = new Map<string, RunningSend>();

  /** How far a send of this campaign is, for who is going to share it. */
  progressOf(id: string): WriteProgress | undefined {
    return this.running.get(id)?.progress;
  }

  /** Never rejects for anything that Klaviyo does, and goes on whether or not its caller is still there. */
  async send({ id, query }: SendRequest, call: WriteCall): Promise<SendCampaignPayload> {
    const flight = new WriteFlight(call);
    const result = await (this.running.get(id) ?? this.start(id, call)).result;
    if (!query) return new SendCampaignPayload({ ...result, campaign: null });
    const { client } = call;
    const looked = await flight.lookUntil((limits) => getCampaign(client, id, query, limits));
    const campaign = looked.kind === "seen" && looked.value ? new Campaign(looked.value) : null;
    return new SendCampaignPayload({ ...result, campaign });
  }

  private start(id: string, call: WriteCall): RunningSend {
    const result = this.run(id, call).finally(() => this.running.delete(id));
    const send = { result, progress: call.progress };
    this.running.set(id, send);
    return send;
  }

  private async run(id: string, call: WriteCall): Promise<SendResult> {
    const end = await new SendFlight(id, call).run();
    call.progress.concluded(end);
    return end;
  }
}

class SendFlight {
  private readonly flight: WriteFlight;
  private readonly description: WriteDescription;

  constructor(
    private readonly id: string,
    private readonly dependencies: WriteCall,
  ) {
    this.flight = new WriteFlight(dependencies);
    this.description = {
      operation: OPERATIONS.sendCampaign,
      what: `send campaign ${id}`,
      body: { data: { id: from("id", id) } },
      noSuch: `campaign ${id}`,
      advice:
        "Do not send it again before its status, here or in Klaviyo, has stayed a draft for some minutes: everybody could get it twice.",
    };
  }

  async run(): Promise<SendResult> {
    const { client } = this.dependencies;
    const asked = await this.flight.ask(
      this.description,
      (limits) => sendCampaign(client, this.id, limits),
      (failure) => this.mayRepeat(failure),
    );
    switch (asked.kind) {
      case "taken":
        return { ...ACCEPTED, sendJob: new CampaignSendJob(asked.value) };
      case "refused":
        return { ...refused(asked, this.description), sendJob: null };
      case "unknown":
        return this.lookWhatHappened(asked.failure);
    }
  }

  /** What was never sent cannot have been executed. Klaviyo's word on that, a 429, is checked against the campaign. */
  private async mayRepeat(failure: KlaviyoFailure): Promise<"yes" | "no" | "doubt"> {
    if (failure.kind === "not-sent") return "yes";
    const looked = await this.flight.look((limits) => this.readStatus(limits));
    if (looked.kind === "failed") return "no";
    if (looked.value === CampaignStatus.DRAFT) return "yes";
    return "doubt";
  }

  private async lookWhatHappened(failure: KlaviyoFailure): Promise<SendResult> {
    const looked = await this.flight.lookUntil((limits) => this.readStatus(limits), isNoDraft);
    if (looked.kind === "failed") return { ...unknown(failure, this.description), sendJob: null };
    if (looked.value === null) return { ...missing(this.description), sendJob: null };
    const sendJob = await this.readSendJob();
    // Who set it going cannot be told, and need not be: it is on its way.
    if (isOnItsWay(looked.value)) return { ...ACCEPTED, sendJob };
    const seen = `When it was last looked at, its status was ${looked.value}.`;
    return { ...unknown(failure, this.description, seen), sendJob };
  }

  private async readStatus(limits: WriteLimits): Promise<CampaignStatus | null> {
    const resource = await getCampaign(this.dependencies.client, this.id, STATUS, limits);
    return resource && new Campaign(resource).status;
  }

  private async readSendJob(): Promise<CampaignSendJob | null> {
    const { client } = this.dependencies;
    const looked = await this.flight.look((limits) => getCampaignSendJob(client, this.id, limits));
    return looked.kind === "seen" && looked.value ? new CampaignSendJob(looked.value) : null;
  }
}

function isNoDraft(status: CampaignStatus | null): boolean {
  return status === null || phaseOf(status) !== "draft";
}

function isOnItsWay(status: CampaignStatus): boolean {
  const phase = phaseOf(status);
  return phase === "pending" || phase === "sending";
}
