import type { SeedCampaign } from "../../src/simulator/simulator.js";
import { CANCEL } from "../support/cancel.js";
import type { GraphqlAnswer } from "../support/gateway.js";

/** How it ended for the caller. */
export interface Told {
  /** Such as `data`, a read's error code, or a write's outcome. */
  readonly outcome: string;
  /** Of a write. */
  readonly problem: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** Something that a caller does while something goes wrong. */
export interface Trial {
  readonly title: string;
  readonly kind: "read" | "cancel" | "send";
  readonly document: string;
  readonly seed: Omit<SeedCampaign, "id">;
  /** Which requests it hits. */
  readonly hits: "GET" | "PATCH" | "POST";
  /** The same, as the simulator is told. */
  readonly pathOf: (id: string) => string;
  /** Nothing may take longer. A look that falls due at the end of the waiting time is on a grid of 100 ms. */
  readonly deadlineMs: number;
  readonly told: (answer: GraphqlAnswer) => Told;
}

export const NAME = "The true name";

const READ: Trial = {
  title: "Read",
  kind: "read",
  document: "query ($id: ID!) { campaign(id: $id) { id name status } }",
  seed: { name: NAME, status: "Scheduled" },
  hits: "GET",
  pathOf: (id) => `/api/campaigns/${id}`,
  deadlineMs: 10_000,
  told: ({ body }) => told(body, body.data?.campaign),
};

const PAGE: Trial = {
  ...READ,
  title: "Page",
  document: "{ campaigns(channel: SMS, first: 2) { nodes { id name messages { id channel } tags { id name } } } }",
  seed: {
    name: NAME,
    channel: "sms",
    status: "Draft",
    tags: [{ id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01", name: "Blue" }],
  },
  pathOf: () => "/api/campaigns",
  told: ({ body }) => told(body, body.data?.campaigns),
};

const CANCEL_ASKS: Trial = {
  title: "Cancel, when it asks",
  kind: "cancel",
  document: CANCEL,
  seed: { name: NAME, status: "Sending" },
  hits: "PATCH",
  pathOf: (id) => `/api/campaign-send-jobs/${id}`,
  deadlineMs: 15_100,
  told: ({ body }) => toldOfWrite(body.data.cancelCampaignSend),
};

/** It looks at the campaign and, where that fails, at the job that sends it: both go wrong. */
const CANCEL_LOOKS: Trial = {
  ...CANCEL_ASKS,
  title: "Cancel, when it looks",
  hits: "GET",
  pathOf: () => "/api/campaign*",
};

const SEND: Trial = {
  title: "Send",
  kind: "send",
  document: "mutation ($id: ID!) { sendCampaign(id: $id) { outcome problem { code message retryAfterMs } } }",
  seed: { name: NAME, status: "Draft" },
  hits: "POST",
  pathOf: () => "/api/campaign-send-jobs",
  deadlineMs: 15_000,
  told: ({ body }) => toldOfWrite(body.data.sendCampaign),
};

/** Cells stand in this order. */
export const TRIALS = [READ, PAGE, CANCEL_ASKS, CANCEL_LOOKS, SEND] as const;

// oxlint-disable-next-line typescript/no-explicit-any -- an answer, to be looked at
function told(body: any, data: unknown): Told {
  const { code, retryAfterMs } = body.errors?.[0]?.extensions ?? {};
  return { outcome: code ?? (data ? "data" : "null"), problem: undefined, retryAfterMs };
}

// oxlint-disable-next-line typescript/no-explicit-any -- an answer, to be looked at
function toldOfWrite({ outcome, problem }: any): Told {
  return { outcome, problem: problem?.code, retryAfterMs: problem?.retryAfterMs ?? undefined };
}
