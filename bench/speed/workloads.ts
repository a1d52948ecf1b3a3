import { CREATED_AT_IN_GRAPH, idOf, LABEL, messageIdOf, NAME, pageIds, STATUS, TAGS } from "./campaigns.ts";

/** One thing that clients ask for. `index` counts requests: whether two of them are equal is up to the workload. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  readonly variables: (index: number) => object;
  /** What `data` has to be, for peers and gateway alike. */
  readonly data: (index: number) => unknown;
  /** The Klaviyo call behind it, for what passes bytes through; none where it takes more than one. */
  readonly target?: (index: number) => string;
  readonly latencyMs?: number;
  /** More than usual, where clients mostly wait: else it would be their waiting that is measured. */
  readonly clients?: number;
}

/** A workload's request in the words of a certain graph, and its answer. */
export interface Question {
  readonly query: string;
  readonly variables: object;
  readonly data: unknown;
}

export const PAGE_SIZE = 50;
/** As many campaigns as a team has on its screens. */
const FEW = 100;

const ONE = "query One($id: ID!) { campaign(id: $id) { id name status } }";
const PAGE = `query Page($first: Int!, $filter: CampaignFilterInput) { campaigns(channel: EMAIL, first: $first, filter: $filter) {
  nodes { id name status createdAt messages { id channel label } tags { id name } } } }`;
const STATUSES = `query Statuses($first: Int!, $filter: CampaignFilterInput) {
  campaigns(channel: EMAIL, first: $first, filter: $filter) { nodes { id status } } }`;
const CANCEL = `mutation Cancel($id: ID!) { cancelCampaignSend(id: $id, revision: "2026-07-15", action: CANCEL) {
  outcome campaign { id statusText } } }`;
const ENTITIES = `query Entities($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Campaign { id name status } } }`;

const one = (id: string) => ({ id, name: NAME, status: STATUS.graph });
const messages = (id: string) => [{ id: messageIdOf(id), channel: "EMAIL", label: LABEL }];
const full = (id: string) => ({ ...one(id), createdAt: CREATED_AT_IN_GRAPH, messages: messages(id), tags: TAGS });
const page = (node: (id: string) => object) => ({ campaigns: { nodes: pageIds(PAGE_SIZE).map(node) } });
const representation = (id: string) => ({ __typename: "Campaign", id });
const oneTarget = (id: string) => `/api/campaigns/${id}?fields[campaign]=name,status`;

/** No two requests are equal, so that no cache can answer and no call can be shared. */
const pageNumber = (index: number) => ({
  first: PAGE_SIZE,
  filter: { nameContains: String(index).padStart(9, "0") },
});
const pageTarget = (more: string) => (index: number) =>
  `/api/campaigns?filter=${encodeURIComponent(`and(equals(messages.channel,"email"),contains(name,"${index}"))`)}` +
  `&page[size]=${PAGE_SIZE}&${more}`;
const fullTarget = pageTarget(
  "fields[campaign]=created_at,name,status&fields[campaign-message]=definition&fields[tag]=name&include=campaign-messages,tags",
);

const W2 = { query: PAGE, variables: pageNumber, data: () => page(full), target: fullTarget };
const statusOf = (id: string) => ({ id, status: STATUS.graph });
const statusTarget = pageTarget("fields[campaign]=status");
const W3 = { query: STATUSES, data: () => page(statusOf), target: statusTarget };
const entityIds = (index: number) => pageIds(PAGE_SIZE).map((_, place) => idOf("E", index * PAGE_SIZE + place));
const few = (index: number) => idOf("R", index % FEW);

export const WORKLOADS: readonly Workload[] = [
  {
    name: "W1",
    title: "one campaign, never the same",
    query: ONE,
    variables: (index) => ({ id: idOf("R", index) }),
    data: (index) => ({ campaign: one(idOf("R", index)) }),
    target: (index) => oneTarget(idOf("R", index)),
  },
  {
    name: "W1R",
    title: `one campaign of ${FEW}`,
    query: ONE,
    variables: (index) => ({ id: few(index) }),
    data: (index) => ({ campaign: one(few(index)) }),
    target: (index) => oneTarget(few(index)),
  },
  { name: "W2", title: "page of 50 with messages and tags", ...W2 },
  { name: "W3", title: "page of 50 with status", variables: pageNumber, ...W3 },
  {
    name: "W4",
    title: "cancel and its read-back",
    query: CANCEL,
    clients: 768,
    variables: (index) => ({ id: idOf("C", index) }),
    data: (index) => ({
      cancelCampaignSend: { outcome: "STOPPED", campaign: { id: idOf("C", index), statusText: "Cancelled" } },
    }),
  },
  { name: "W5", title: "W2, 20 ms away", ...W2, latencyMs: 20 },
  {
    name: "HOT",
    title: "W3, the same page for all",
    variables: () => pageNumber(0),
    ...W3,
    target: () => statusTarget(0),
  },
  {
    name: "E1",
    title: "W1 through _entities",
    query: ENTITIES,
    variables: (index) => ({ representations: [representation(idOf("E", index))] }),
    data: (index) => ({ _entities: [one(idOf("E", index))] }),
    target: (index) => oneTarget(idOf("E", index)),
  },
  {
    name: "E50",
    title: "50 campaigns through _entities",
    query: ENTITIES,
    variables: (index) => ({ representations: entityIds(index).map(representation) }),
    data: (index) => ({ _entities: entityIds(index).map(one) }),
  },
  {
    name: "EHOT",
    title: "E50, the same for all",
    query: ENTITIES,
    variables: () => ({ representations: entityIds(0).map(representation) }),
    data: () => ({ _entities: entityIds(0).map(one) }),
  },
];
