import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { CAMPAIGN_STATUSES, CampaignStatus } from "../../src/campaigns/campaign-status.enum.js";
import { CAMPAIGNS_PAGE_MAXIMUM, CHANNELS } from "../../src/klaviyo/campaigns-api.js";
import { STATISTICS } from "../../src/klaviyo/campaign-values-api.js";
import { type Operation, OPERATIONS } from "../../src/klaviyo/operations.js";
import { NEWEST_REVISION, READING_REVISIONS, SUPPORTED_REVISIONS, wireFormOf } from "../../src/klaviyo/revisions.js";
import { KLAVIYO_ACTION } from "../../src/send-jobs/campaign-send-action.enum.js";
import { StatisticsTimeframe } from "../../src/statistics/statistics-timeframe.enum.js";
import { OPENAPI_PATH } from "../simulator/openapi-document.js";
import { describeWhere } from "../support/describe-where.js";

/** Next to the document: what each Klaviyo revision had of the Campaigns operations, derived from the revisions' own documents. */
const REVISIONS_PATH = join(dirname(OPENAPI_PATH), "revisions.json");

interface OpenApi {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly "x-klaviyo-scopes": readonly string[];
  readonly "x-klaviyo-ratelimit"?: { readonly burst: string; readonly steady: string; readonly daily?: string };
  readonly "x-klaviyo-filters"?: Readonly<Record<string, { readonly value: Schema }>>;
  readonly parameters: readonly { readonly name: string; readonly schema: Schema }[];
}

interface Schema {
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Revisions {
  readonly revisions: readonly string[];
  /** By `METHOD path` without slash: the operation as it is from a revision on; null from where it is gone. */
  readonly operations: Readonly<
    Record<string, readonly { readonly since: string; readonly operation: PublishedOperation | null }[]>
  >;
}

interface PublishedOperation {
  readonly path: string;
  readonly scopes: readonly string[];
  readonly requestContentType?: string;
  readonly responses: Readonly<Record<string, { readonly contentType?: string }>>;
}

const ALL: readonly Operation[] = Object.values(OPERATIONS);
const READS = ALL.filter(({ method }) => method === "GET");

describeWithDocument(OPENAPI_PATH, "against Klaviyo's OpenAPI document", () => {
  const document = () => JSON.parse(readFileSync(OPENAPI_PATH, "utf8")) as OpenApi;
  const listing = () => document().paths["/api/campaigns"]?.["get"];
  const propertyOf = (schema: Schema | undefined, ...path: string[]): Schema | undefined =>
    path.reduce((node, name) => node?.properties?.[name], schema);

  test.each(ALL)("$name has Klaviyo's method, path and scopes", ({ name, method, path, scopes }) => {
    const documented = document().paths[path]?.[method.toLowerCase()];
    expect(documented).toMatchObject({ operationId: name, "x-klaviyo-scopes": scopes });
  });

  test.each(ALL)("$name is limited as Klaviyo limits it", ({ name, method, path, limit }) => {
    const { burst, steady, daily } = document().paths[path]?.[method.toLowerCase()]?.["x-klaviyo-ratelimit"] ?? {};
    const { perSecond, perMinute, perDay } = limit;
    expect([name, `${perSecond}/s`, `${perMinute}/m`, perDay && `${perDay}/d`]).toEqual([name, burst, steady, daily]);
  });

  test("the newest revision is the document's", () => {
    expect(NEWEST_REVISION).toBe(document().info.version);
  });

  test("a campaign's statuses are Klaviyo's 18, word for word", () => {
    const own = Object.values(CampaignStatus).filter((status) => status !== CampaignStatus.UNRECOGNIZED);
    const { schemas } = document().components;
    const theirs = propertyOf(schemas["CampaignResponseObjectResource"], "attributes", "status")?.enum;
    expect(theirs).toHaveLength(18);
    expect(own.map((status) => CAMPAIGN_STATUSES[status].wording).toSorted()).toEqual(theirs?.toSorted());
  });

  test("the actions of a cancel are Klaviyo's", () => {
    const resource = document().components.schemas["CampaignSendJobPartialUpdateQueryResourceObject"];
    const theirs = propertyOf(resource, "attributes", "action")?.enum;
    expect(Object.values(KLAVIYO_ACTION).toSorted()).toEqual(theirs?.toSorted());
  });

  test("the statistics and the timeframes are the report's", () => {
    const { schemas } = document().components;
    const attributes = propertyOf(schemas["CampaignValuesRequestDTOResourceObject"], "attributes");
    expect(STATISTICS).toEqual(attributes?.properties?.["statistics"]?.items?.enum);
    const keys = propertyOf(schemas["Timeframe"], "key")?.enum;
    expect(Object.values(StatisticsTimeframe).toSorted()).toEqual(keys?.toSorted());
  });

  test("the channels are the ones that a list can be asked for", () => {
    const theirs = listing()?.["x-klaviyo-filters"]?.["messages.channel"]?.value.enum;
    expect(CHANNELS.toSorted()).toEqual(theirs?.toSorted());
  });

  test("the largest page is Klaviyo's", () => {
    const parameter = listing()?.parameters.find(({ name }) => name === "page[size]");
    expect(CAMPAIGNS_PAGE_MAXIMUM).toBe(parameter?.schema.maximum);
  });
});

describeWithDocument(REVISIONS_PATH, "against the revisions that Klaviyo has published", () => {
  const published = () => JSON.parse(readFileSync(REVISIONS_PATH, "utf8")) as Revisions;
  const at = (revision: string, { method, path }: Operation): PublishedOperation | undefined => {
    const history = published().operations[`${method} ${path}`] ?? [];
    return history.findLast(({ since }) => since <= revision)?.operation ?? undefined;
  };

  test("the supported revisions are those that have the cancel", () => {
    const having = published().revisions.filter((revision) => at(revision, OPERATIONS.cancelCampaignSend));
    expect(SUPPORTED_REVISIONS).toEqual(having);
  });

  test.each(SUPPORTED_REVISIONS)("at %s, the cancel has the wire form and the scope of that revision", (revision) => {
    const { mediaType, trailingSlash } = wireFormOf(revision);
    const { path, scopes } = OPERATIONS.cancelCampaignSend;
    expect(at(revision, OPERATIONS.cancelCampaignSend)).toMatchObject({
      path: trailingSlash ? `${path}/` : path,
      requestContentType: mediaType,
      scopes,
    });
  });

  test.each(READING_REVISIONS)("at %s, every read of campaigns has the wire form of that revision", (revision) => {
    const { mediaType, trailingSlash } = wireFormOf(revision);
    // The file tells of the Campaigns category alone; the neighbours are held against the newest document above.
    for (const read of READS.filter(({ path }) => path.startsWith("/api/campaign"))) {
      expect(at(revision, read)).toMatchObject({
        path: trailingSlash ? `${read.path}/` : read.path,
        responses: { 200: { contentType: mediaType } },
      });
    }
  });
});

/** Klaviyo's documents are not part of this repository: without one, its tests are skipped, by name and with the reason. */
function describeWithDocument(path: string, name: string, tests: () => void): void {
  const reason = `There is no ${path}; KLAVIYO_OPENAPI may name campaigns.openapi.json elsewhere.`;
  describeWhere(existsSync(path), reason, name, tests);
}
