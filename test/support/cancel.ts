import type { Fault, FaultAnswer, SeedCampaign } from "../../src/simulator/simulator.js";
import { type GraphqlAnswer, startGateway, type TestGateway, type TestGatewayOptions } from "./gateway.js";

/** The campaign that most tests stop. */
export const ID = "01GMRWDSA0ARTAKE1SFX8JGXAY";
export const PATCH = `PATCH /api/campaign-send-jobs/${ID}`;
export const READ = `GET /api/campaigns/${ID}`;
export const READ_JOB = `GET /api/campaign-send-jobs/${ID}`;

export const CANCEL = /* GraphQL */ `
  mutation Cancel($id: ID!, $revision: String!, $action: CampaignSendAction!) {
    cancelCampaignSend(id: $id, revision: $revision, action: $action) {
      outcome
      action
      status
      campaign {
        id
        statusText
      }
      problem {
        code
        message
        retryAfterMs
        klaviyoErrorId
      }
    }
  }
`;

export interface CancelVariables {
  readonly id?: string;
  readonly revision?: string;
  readonly action?: string;
}

export function cancel(gateway: TestGateway, variables: CancelVariables = {}): Promise<GraphqlAnswer> {
  return gateway.query(CANCEL, { id: ID, revision: "2026-07-15", action: "CANCEL", ...variables });
}

/** Presses the button and gives its payload; whatever happens to a cancel is HTTP 200 with data and no errors. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer, to be looked at
export async function cancelPayload(gateway: TestGateway, variables: CancelVariables = {}): Promise<any> {
  const { status, body } = await cancel(gateway, variables);
  if (status !== 200 || body.errors || !body.data?.cancelCampaignSend)
    throw new Error(`Not a payload: HTTP ${status} ${JSON.stringify(body)}`);
  return body.data.cancelCampaignSend;
}

/** A gateway over one campaign: {@link ID}, which is being sent unless `campaign` says otherwise. */
export function startWithCampaign(
  campaign: Partial<SeedCampaign> = {},
  faults: readonly Fault[] = [],
  options: TestGatewayOptions = {},
): Promise<TestGateway> {
  const campaigns = [{ id: ID, status: "Sending", settleAfterMs: 800, ...campaign }];
  return startGateway({ ...options, simulator: { campaigns, ...options.simulator } }).then((gateway) => {
    for (const fault of faults) gateway.simulator.addFault(fault);
    return gateway;
  });
}

/** A fault of the PATCH that cancels. */
export function onPatch(answer: FaultAnswer, rest: Omit<Fault, "answer" | "match"> = {}): Fault {
  return { match: { method: "PATCH" }, answer, ...rest };
}

/** A fault of the reads that look at the campaign. */
export function onRead(answer: FaultAnswer, rest: Omit<Fault, "answer" | "match"> = {}): Fault {
  return { match: { method: "GET", path: "/api/campaigns*" }, answer, ...rest };
}

/** A fault of everything that a cancel can look at: the campaign, and the job that sends it. */
export function onLook(answer: FaultAnswer, rest: Omit<Fault, "answer" | "match"> = {}): Fault {
  return { match: { method: "GET" }, answer, ...rest };
}

/** What crossed the wire, as a list of `METHOD path`, in order. */
export function wire(gateway: TestGateway): string[] {
  return gateway.simulator.requests.map(({ method, path }) => `${method} ${path}`);
}

/** Lets `ms` pass on the held clock each time a request that matches has reached Klaviyo. */
export function passTimeOn(gateway: TestGateway, method: string, ms: number): void {
  gateway.simulator.onRequest((request) => {
    if (request.method === method) setImmediate(() => gateway.clock.advance(ms));
  });
}
