import type { GraphqlAnswer, TestGateway } from "./gateway.js";

/** The campaign that most tests stop. */
export const ID = "01GMRWDSA0ARTAKE1SFX8JGXAY";
export const PATCH_PATH = `/api/campaign-send-jobs/${ID}`;
export const READ_PATH = `/api/campaigns/${ID}`;

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

/** The wire as a list of `METHOD path`, in order. */
export function wire(gateway: TestGateway): string[] {
  return gateway.simulator.requests.map(({ method, path }) => `${method} ${path}`);
}
