import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SeedCampaign } from "../../src/simulator/simulator.js";
import { ID } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

/** The real operations that this repository shows to frontends, and what they are run with. */
const DIRECTORY = "schema/operations";

/** What each operation is run with. */
export const VARIABLES: Readonly<Record<string, object>> = {
  "assign-template-to-campaign-message.graphql": { id: "DRAFTMESSAGE", templateId: "RipRmi" },
  "campaign.graphql": { id: ID },
  "campaigns.graphql": { channel: "EMAIL" },
  "campaigns-of-channels.graphql": { channels: ["EMAIL", "SMS"] },
  "campaign-message.graphql": { id: "MESSAGE" },
  "campaign-recipient-estimation.graphql": { id: ID },
  "campaign-statistics.graphql": { conversionMetricId: "RESQ6t", timeframe: { key: "LAST_30_DAYS" } },
  "campaign-send-job.graphql": { id: ID },
  "cancel-campaign-send.graphql": { id: ID, revision: "2026-07-15", action: "CANCEL" },
  "clone-campaign.graphql": { id: ID, name: "Once more" },
  "create-campaign.graphql": {
    input: {
      name: "News",
      audiences: { included: ["Y6nRLr"] },
      messages: [
        { email: { label: "News", content: { subject: "News", fromEmail: "shop@example.com", fromLabel: "Shop" } } },
      ],
    },
  },
  "delete-campaign.graphql": { id: "DRAFT" },
  "image.graphql": { id: "7" },
  "list.graphql": { id: "Y6nRLr" },
  "metric.graphql": { id: "RESQ6t" },
  "metrics.graphql": {},
  "refresh-campaign-recipient-estimation.graphql": { id: "DRAFT" },
  "segment.graphql": { id: "VbM7aD" },
  "send-campaign.graphql": { id: "DRAFT" },
  "tag.graphql": { id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01" },
  "tag-group.graphql": { id: "1b7c9a52-4f4d-4b1e-8f6a-2d8c5e7f9a02" },
  "tag-groups.graphql": {},
  "tags.graphql": {},
  "template.graphql": { id: "RipRmi" },
  "update-campaign.graphql": { id: "DRAFT", input: { name: "Newer news" } },
  "update-campaign-message.graphql": { id: "DRAFTMESSAGE", input: { email: { label: "Newer news" } } },
  "update-campaign-message-image.graphql": { id: "TEXTMESSAGE", imageId: "7" },
};

export const EXAMPLE_CAMPAIGNS: readonly SeedCampaign[] = [
  { id: ID, status: "Sending", messages: [{ id: "MESSAGE" }] },
  { id: "DRAFT", status: "Draft", messages: [{ id: "DRAFTMESSAGE" }] },
  { id: "TEXT", status: "Draft", channel: "sms", messages: [{ id: "TEXTMESSAGE" }] },
];

export const OPERATION_FILES = readdirSync(DIRECTORY).toSorted();

export function readOperation(file: string): string {
  return readFileSync(join(DIRECTORY, file), "utf8");
}

/** A gateway over an account in which every one of the operations has something to find. */
export async function startWithExamples(env: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const gateway = await startGateway({ env, simulator: { campaigns: EXAMPLE_CAMPAIGNS } });
  await startEstimation(gateway.simulatorUrl);
  return gateway;
}

/** So that there is a job to ask for. */
export async function startEstimation(simulatorUrl: string): Promise<void> {
  const response = await fetch(`${simulatorUrl}/api/campaign-recipient-estimation-jobs`, {
    method: "POST",
    headers: {
      authorization: "Klaviyo-API-Key pk_test",
      revision: "2026-07-15",
      "content-type": "application/vnd.api+json",
    },
    body: JSON.stringify({ data: { type: "campaign-recipient-estimation-job", id: ID } }),
  });
  if (response.status !== 202) throw new Error(`No estimation was started: HTTP ${response.status}`);
}
