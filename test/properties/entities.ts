import type { GraphQLSchema } from "graphql";
import { fullSelection } from "../support/full-selection.js";
import type { Identifier } from "./resource-arbitraries.js";

/** What a supergraph's router can ask for by id, by JSON:API type. Campaigns are asked for by list. */
export const ENTITY_TYPES: Readonly<Record<string, string>> = {
  "campaign-send-job": "CampaignSendJob",
  "campaign-recipient-estimation": "CampaignRecipientEstimation",
  "campaign-recipient-estimation-job": "CampaignRecipientEstimationJob",
  "campaign-message": "CampaignMessage",
  tag: "Tag",
  "tag-group": "TagGroup",
  list: "List",
  segment: "Segment",
  template: "Template",
  image: "Image",
  metric: "Metric",
};

/** All that there is to know of entities of one type. */
export function entitiesQuery(schema: GraphQLSchema, typename: string): string {
  return `query ($entities: [_Any!]!) { _entities(representations: $entities) {
    ... on ${typename} ${fullSelection(schema, typename)}
  } }`;
}

export function entitiesOf(typename: string, resources: readonly Identifier[]): object {
  return { entities: resources.map(({ id }) => ({ __typename: typename, id })) };
}

/** The same runs every time; fast-check prints how to repeat the one that failed, made as small as it can be. */
export const RUNS = { seed: 20_261_123, numRuns: 25 } as const;

/** Making a failure small takes many runs. */
export const SHRINKING_MS = 60_000;
