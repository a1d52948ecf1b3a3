import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { describeIfDocument } from "../simulator/openapi-document.js";
import { fullSelection, ROOM_FOR_FULL_SELECTIONS } from "../support/full-selection.js";
import { type GraphqlAnswer, startGateway, type TestGateway } from "../support/gateway.js";
import { OpenApiSchemas } from "../support/openapi-schema.js";
import { buildPlainSchema } from "../support/plain-schema.js";
import { entitiesOf, entitiesQuery, ENTITY_TYPES, RUNS, SHRINKING_MS } from "./entities.js";
import { type JsonApiUpstream, startUpstream } from "./json-api-upstream.js";
import { misshapen } from "./misshapen.js";
import { resourcesOf } from "./resource-arbitraries.js";

const SCHEMA = buildPlainSchema();
const CAMPAIGNS = `{ campaigns(channel: EMAIL, first: 100) { nodes ${fullSelection(SCHEMA, "Campaign")} } }`;
/** What is read by a call of its own when there is one of it; lists and segments are always read by a filter. */
const ONE_BY_ONE = Object.entries(ENTITY_TYPES).filter(([type]) => type !== "list" && type !== "segment");
const TODAY = { isOfTomorrow: false };

describeIfDocument("answers that do not fit Klaviyo's OpenAPI document", () => {
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

  const several = (type: string) => resourcesOf(schemas, type, { minLength: 5, maxLength: 10 }, TODAY);

  describe("in a member", () => {
    test(
      "of a campaign are told as such, and as nothing else",
      async () => {
        const property = fc.asyncProperty(misshapen(several("campaign")), async (campaigns) => {
          upstream.serve(campaigns);
          expect(codesOf(await gateway.query(CAMPAIGNS))).toEqual([]);
        });
        await fc.assert(property, { ...RUNS, numRuns: 100 });
      },
      SHRINKING_MS,
    );

    test.each(Object.entries(ENTITY_TYPES))(
      "of a %s are told as such, and as nothing else",
      async (type, typename) => {
        const query = entitiesQuery(SCHEMA, typename);
        const property = fc.asyncProperty(misshapen(several(type)), async (resources) => {
          upstream.serve(resources);
          expect(codesOf(await gateway.query(query, entitiesOf(typename, resources)))).toEqual([]);
        });
        await fc.assert(property, { ...RUNS, numRuns: 50 });
      },
      SHRINKING_MS,
    );
  });

  test.each(ONE_BY_ONE)(
    "of another id or type than the %s asked for are errors and no data",
    async (type, typename) => {
      const query = entitiesQuery(SCHEMA, typename);
      const change = fc.oneof(fc.constant({ id: "another" }), fc.constant({ type: "another" }));
      const property = fc.asyncProperty(several(type), change, async (resources, other) => {
        const [resource] = resources.map((valid) => ({ ...valid, ...other }));
        upstream.answerAlways({ data: resource ?? null });
        const { body } = await gateway.query(query, entitiesOf(typename, [{ type, id: `${type}-0` }]));
        expect(body.data).toEqual({ _entities: [null] });
        expect(body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_INVALID_RESPONSE" } }]);
      });
      await fc.assert(property, RUNS).finally(() => upstream.serve([]));
    },
  );

  test("of another type on a page are an error and no data", async () => {
    const property = fc.asyncProperty(several("campaign"), fc.nat(), async (campaigns, place) => {
      const index = place % campaigns.length;
      upstream.answerAlways({
        data: campaigns.map((valid, n) => (n === index ? { ...valid, type: "another" } : valid)),
      });
      const { body } = await gateway.query(CAMPAIGNS);
      expect(body.data).toEqual({ campaigns: null });
      expect(body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_INVALID_RESPONSE" } }]);
    });
    await fc.assert(property, RUNS).finally(() => upstream.serve([]));
  });
});

/** Codes of errors that are not the one that there may be. */
function codesOf({ status, body }: GraphqlAnswer): readonly string[] {
  const errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[] =
    body.errors ?? [];
  const other = errors.filter(({ extensions }) => extensions.code !== "UPSTREAM_INVALID_RESPONSE");
  return [
    ...(status === 200 ? [] : [`HTTP ${status}`]),
    ...other.map(({ message, extensions }) => `${extensions.code} ${message}`),
  ];
}
