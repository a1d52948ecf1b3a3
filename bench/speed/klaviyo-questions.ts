import { CREATED_AT, idOf, LABEL, messageIdOf, NAME, pageIds, STATUS, TAGS } from "./campaigns.ts";
import { PAGE_SIZE, type Question } from "./workloads.ts";

/**
 * The workloads in Klaviyo's own words, for those who make their graph from its OpenAPI document. They get resources as Klaviyo
 * sends them: whoever asks has to put them together, so that this is less work than what the others do.
 */
const FIELDS = (type: string, names: string) => `fields_LEFT_SQUARE_BRACE_${type}_RIGHT_SQUARE_BRACE_: [${names}]`;
const LIST = "query ($filter: String!, $first: PositiveInt!) { get_campaigns(filter: $filter, ";
const SIZE = "page_LEFT_SQUARE_BRACE_size_RIGHT_SQUARE_BRACE_: $first";

const filter = (index: number) => ({
  filter: `and(equals(messages.channel,"email"),contains(name,"${index}"))`,
  first: PAGE_SIZE,
});

const ONE = `query ($id: String!) { get_campaign(id: $id, ${FIELDS("campaign", "name, status")}) {
  data { id attributes { name status } } } }`;
const one = (id: string) => ({
  query: ONE,
  variables: { id },
  data: { get_campaign: { data: { id, attributes: { name: NAME, status: STATUS.klaviyo } } } },
});

const STATUSES = `${LIST} ${FIELDS("campaign", "status")}, ${SIZE}) { data { id attributes { status } } } }`;
const statusOf = (id: string) => ({ id, attributes: { status: STATUS.klaviyo } });
const statuses = (index: number) => ({
  query: STATUSES,
  variables: filter(index),
  data: { get_campaigns: { data: pageIds(PAGE_SIZE).map(statusOf) } },
});

const PAGE = `${LIST} ${FIELDS("campaign", "name, status, created_at")}, ${FIELDS("campaign_message", "definition")},
  ${FIELDS("tag", "name")}, include: [campaign_messages, tags], ${SIZE}) {
  data { id attributes { name status created_at } relationships { campaign_messages { data { id } } tags { data { id } } } }
  included {
    ... on CampaignMessageResponseObjectResource {
      id attributes { definition { ... on EmailMessageDefinition { channel label } } }
    }
    ... on TagResponseObjectResource { id attributes { name } }
  } } }`;
const campaign = (id: string) => ({
  id,
  attributes: { name: NAME, status: STATUS.klaviyo, created_at: CREATED_AT },
  relationships: {
    campaign_messages: { data: [{ id: messageIdOf(id) }] },
    tags: { data: TAGS.map((tag) => ({ id: tag.id })) },
  },
});
const message = (id: string) => ({
  id: messageIdOf(id),
  attributes: { definition: { channel: "email", label: LABEL } },
});
const page = (index: number) => {
  const ids = pageIds(PAGE_SIZE);
  const included = [...ids.map(message), ...TAGS.map(({ id, name }) => ({ id, attributes: { name } }))];
  return { query: PAGE, variables: filter(index), data: { get_campaigns: { data: ids.map(campaign), included } } };
};

/** By workload; what is missing cannot be asked for in one operation. */
export const KLAVIYO_QUESTIONS: Readonly<Record<string, (index: number) => Question>> = {
  W1: (index) => one(idOf("R", index)),
  W1R: (index) => one(idOf("R", index % 100)),
  W2: page,
  W3: statuses,
  W5: page,
  HOT: () => statuses(0),
};
