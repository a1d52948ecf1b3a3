import { pick } from "./seeded-random.ts";

/** What a frontend sends. A plain proxy goes by `operationName` and `variables` alone. */
export interface Operation {
  readonly operationName: "Page" | "Campaign" | "Statuses" | "Cancel";
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const PAGE = `query Page($channel: CampaignChannel!, $first: Int!, $sort: CampaignSort) {
  campaigns(channel: $channel, first: $first, sort: $sort) { nodes { id name status sendTime } pageInfo { hasNextPage endCursor } }
}`;
const CAMPAIGN = `query Campaign($id: ID!) {
  campaign(id: $id) { id name status messages { id channel label } tags { id name } }
}`;
const STATUSES = `query Statuses($a: ID!, $b: ID!, $c: ID!) {
  a: campaign(id: $a) { id status } b: campaign(id: $b) { id status } c: campaign(id: $c) { id status }
}`;
const CANCEL = `mutation Cancel($id: ID!) {
  cancelCampaignSend(id: $id, revision: "2026-07-15", action: CANCEL) {
    outcome status campaign { id statusText } problem { code message retryAfterMs }
  }
}`;

const CHANNELS = ["EMAIL", "SMS", "MOBILE_PUSH"];
const SORTS = ["CREATED_AT_DESC", "NAME_ASC", "UPDATED_AT_DESC", "ID_ASC"];
const CAMPAIGN_COUNT = 600;

/** The campaigns that frontends read: so many that no cache answers for them all. */
export const READ_CAMPAIGNS = Array.from({ length: CAMPAIGN_COUNT }, (_, index) => ({
  id: `01JDRILLREAD${String(index).padStart(14, "0")}`,
  name: `Read ${index}`,
  status: "Sending",
  channel: ["email", "sms", "mobile_push"][index % 3],
  tags: [{ id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01", name: "Drill" }],
}));

export function nextRead(random: () => number): Operation {
  const id = () => pick(READ_CAMPAIGNS, random).id;
  const kind = random();
  if (kind < 0.4) {
    const variables = {
      channel: pick(CHANNELS, random),
      first: 1 + Math.floor(random() * 50),
      sort: pick(SORTS, random),
    };
    return { operationName: "Page", query: PAGE, variables };
  }
  if (kind < 0.8) return { operationName: "Campaign", query: CAMPAIGN, variables: { id: id() } };
  return { operationName: "Statuses", query: STATUSES, variables: { a: id(), b: id(), c: id() } };
}

export function cancelOf(id: string): Operation {
  return { operationName: "Cancel", query: CANCEL, variables: { id } };
}
