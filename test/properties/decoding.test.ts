import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { describeIfDocument } from "../simulator/openapi-document.js";
import { fullSelection, ROOM_FOR_FULL_SELECTIONS } from "../support/full-selection.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { OpenApiSchemas } from "../support/openapi-schema.js";
import { buildPlainSchema } from "../support/plain-schema.js";
import { Comparison } from "./compare.js";
import { entitiesOf, entitiesQuery, ENTITY_TYPES, RUNS, SHRINKING_MS } from "./entities.js";
import { type JsonApiUpstream, startUpstream } from "./json-api-upstream.js";
import { type GeneratedResource, type Identifier, resourcesOf } from "./resource-arbitraries.js";

const SCHEMA = buildPlainSchema();

const FOLLOWED = new Set(["Campaign.messages", "Campaign.tags"]);
const CAMPAIGNS = `{ campaigns(channel: EMAIL, first: 100) { nodes ${fullSelection(SCHEMA, "Campaign", FOLLOWED)} } }`;

describeIfDocument("resources of any form that Klaviyo's OpenAPI document permits", () => {
  let schemas: OpenApiSchemas;
  let upstream: JsonApiUpstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    schemas = new OpenApiSchemas();
    upstream = await startUpstream();
    gateway = await startGateway({ upstreamUrl: upstream.url, env: ROOM_FOR_FULL_SELECTIONS });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream[Symbol.asyncDispose]();
  });

  const several = (type: string, isOfTomorrow: boolean) =>
    resourcesOf(schemas, type, { minLength: 5, maxLength: 10 }, { isOfTomorrow });

  describe.each([
    ["today", false],
    ["tomorrow, with members and values that nobody has heard of", true],
  ])("of %s", (_, isOfTomorrow) => {
    test(
      "campaigns with their messages and tags come through whole",
      async () => {
        const account = fc.tuple(
          several("campaign", isOfTomorrow),
          several("campaign-message", isOfTomorrow),
          several("tag", isOfTomorrow),
        );
        const property = fc.asyncProperty(account, async ([campaigns, messages, tags]) => {
          const linked = campaigns.map((campaign) => withLinks(campaign, messages, tags));
          upstream.serve([...linked, ...messages, ...tags]);
          const { body } = await gateway.query(CAMPAIGNS);
          expect(body.errors).toBeUndefined();
          const comparison = new Comparison(SCHEMA, schemas, isOfTomorrow);
          expect(body.data.campaigns.nodes).toHaveLength(linked.length);
          linked.forEach((campaign, n) => {
            const answered = body.data.campaigns.nodes[n];
            comparison.resource(campaign, answered);
            messages.forEach((message, m) => comparison.resource(message, answered.Campaign_messages[m]));
            tags.forEach((tag, t) => comparison.resource(tag, answered.Campaign_tags[t]));
          });
          expect(comparison.faults).toEqual([]);
        });
        await fc.assert(property, RUNS);
      },
      SHRINKING_MS,
    );

    test.each(Object.entries(ENTITY_TYPES))(
      "a %s comes through whole",
      async (type, typename) => {
        const query = entitiesQuery(SCHEMA, typename);
        const property = fc.asyncProperty(several(type, isOfTomorrow), async (resources) => {
          upstream.serve(resources);
          const { body } = await gateway.query(query, entitiesOf(typename, resources));
          expect(body.errors).toBeUndefined();
          const comparison = new Comparison(SCHEMA, schemas, isOfTomorrow);
          resources.forEach((resource, n) => comparison.resource(resource, body.data._entities[n]));
          expect(comparison.faults).toEqual([]);
        });
        await fc.assert(property, RUNS);
      },
      SHRINKING_MS,
    );
  });
});

function withLinks(
  campaign: GeneratedResource,
  messages: readonly GeneratedResource[],
  tags: readonly GeneratedResource[],
): GeneratedResource {
  const data = (all: readonly GeneratedResource[]): readonly Identifier[] => all.map(({ type, id }) => ({ type, id }));
  return { ...campaign, relationships: { "campaign-messages": { data: data(messages) }, tags: { data: data(tags) } } };
}
