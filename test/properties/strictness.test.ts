import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { describeIfDocument } from "../simulator/openapi-document.js";
import { fullSelection } from "../support/full-selection.js";
import { type GraphqlAnswer, startGateway, type TestGateway } from "../support/gateway.js";
import { OpenApiSchemas } from "../support/openapi-schema.js";
import { buildPlainSchema } from "../support/plain-schema.js";
import { entitiesOf, entitiesQuery, ENTITY_TYPES, RUNS, SHRINKING_MS } from "./entities.js";
import { type JsonApiUpstream, startUpstream } from "./json-api-upstream.js";
import { misshapen } from "./misshapen.js";
import { resourcesOf } from "./resource-arbitraries.js";

const SCHEMA = buildPlainSchema();
const CAMPAIGNS = `{ campaigns(channel: EMAIL, first: 100) { nodes ${fullSelection(SCHEMA, "Campaign")} } }`;
const TODAY = { isOfTomorrow: false };

describeIfDocument("answers that do not fit Klaviyo's OpenAPI document", () => {
  let schemas: OpenApiSchemas;
  let upstream: JsonApiUpstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    schemas = new OpenApiSchemas();
    upstream = await startUpstream();
    gateway = await startGateway({ upstreamUrl: upstream.url });
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
