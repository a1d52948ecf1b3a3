import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  ApiKeySession,
  ImagesApi,
  ListsApi,
  MetricsApi,
  ReportingApi,
  RetryWithExponentialBackoff,
  SegmentsApi,
  TagsApi,
  TemplatesApi,
} from "klaviyo-api";
import { ROUTES } from "../../src/simulator/routes.js";
import { start } from "./start-simulator.js";

const SALE = "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01";
const NEIGHBOURS = ROUTES.slice(26).map(({ operation }) => operation);

describe("the official SDK on the neighbours of campaigns", () => {
  let url: string;

  beforeEach(async () => {
    const campaigns = [{ id: "a", status: "Sent", tags: [{ id: SALE, name: "Black Friday" }] }];
    ({ url } = await start({ campaigns, limits: "off" }));
  });

  function connect<T extends { basePath: string }>(Api: new (session: ApiKeySession) => T): T {
    const api = new Api(new ApiKeySession("pk_test", new RetryWithExponentialBackoff({ numRetries: 1 })));
    api.basePath = url;
    return api;
  }

  const names = (body: { readonly data: readonly { readonly attributes: { readonly name?: string | null } }[] }) =>
    body.data.map(({ attributes }) => attributes.name);

  const CALLS: Readonly<Record<string, () => Promise<void>>> = {
    get_images: async () => {
      const { body } = await connect(ImagesApi).getImages({ filter: 'any(id,["7"])', pageSize: 100 });
      expect(names(body)).toEqual(["Logo"]);
    },
    get_image: async () => expect((await connect(ImagesApi).getImage("7")).body.data.attributes.format).toBe("png"),
    get_lists: async () => {
      const { body } = await connect(ListsApi).getLists({
        filter: 'any(id,["Y6nRLr"])',
        include: ["tags"],
        pageSize: 10,
      });
      expect([names(body), body.included?.length]).toEqual([["Newsletter"], 1]);
    },
    get_list: async () => {
      const { body } = await connect(ListsApi).getList("Y6nRLr", { additionalFieldsList: ["profile_count"] });
      expect(body.data.attributes.profileCount).toBe(4_200);
    },
    get_segments: async () => {
      const { body } = await connect(SegmentsApi).getSegments({ filter: "equals(is_active,false)" });
      expect(names(body)).toEqual(["Lapsed customers"]);
    },
    get_segment: async () => {
      const { body } = await connect(SegmentsApi).getSegment("VbM7aD", { additionalFieldsSegment: ["profile_count"] });
      expect(body.data.attributes).toMatchObject({ profileCount: 780, isStarred: true });
    },
    get_templates: async () => {
      const { body } = await connect(TemplatesApi).getTemplates({ filter: 'any(id,["RipRmi","zz"])', sort: "-name" });
      expect(names(body)).toEqual(["Newsletter with three articles"]);
    },
    get_template: async () =>
      expect((await connect(TemplatesApi).getTemplate("TmP4sA")).body.data.attributes.editorType).toBe(
        "USER_DRAGGABLE",
      ),
    get_metrics: async () => {
      const { body } = await connect(MetricsApi).getMetrics({ filter: 'equals(integration.name,"Shopify")' });
      expect(body.data.map(({ id }) => id)).toEqual(["RESQ6t"]);
    },
    get_metric: async () =>
      expect((await connect(MetricsApi).getMetric("RESQ6t")).body.data.attributes.name).toBe("Placed Order"),
    get_tags: async () => {
      const { body } = await connect(TagsApi).getTags({ include: ["tag-group"], sort: "name" });
      expect([names(body), body.included?.map(({ attributes }) => attributes.name)]).toEqual([
        ["Black Friday", "Service"],
        ["Season", "Default Tag Group"],
      ]);
    },
    get_tag: async () => expect((await connect(TagsApi).getTag(SALE)).body.data.attributes.name).toBe("Black Friday"),
    get_tag_groups: async () => {
      const { body } = await connect(TagsApi).getTagGroups({ filter: "equals(exclusive,true)" });
      expect(names(body)).toEqual(["Season"]);
    },
    get_tag_group: async () => {
      const { data } = (await connect(TagsApi).getTagGroupForTag(SALE)).body;
      expect((await connect(TagsApi).getTagGroup(data?.id ?? "")).body.data?.attributes).toMatchObject({
        name: "Season",
      });
    },
    get_tag_group_for_tag: async () =>
      expect((await connect(TagsApi).getTagGroupForTag(SALE)).body.data?.attributes.exclusive).toBe(true),
    get_tag_group_id_for_tag: async () =>
      expect((await connect(TagsApi).getTagGroupIdForTag(SALE)).body.data?.type).toBe("tag-group"),
    get_campaign_ids_for_tag: async () =>
      expect((await connect(TagsApi).getCampaignIdsForTag(SALE)).body.data).toEqual([{ type: "campaign", id: "a" }]),
    query_campaign_values: async () => {
      const { body } = await connect(ReportingApi).queryCampaignValues({
        data: {
          type: "campaign-values-report",
          attributes: {
            statistics: ["recipients", "open_rate"],
            timeframe: { key: "last_30_days" },
            conversionMetricId: "RESQ6t",
            groupBy: ["campaign_id", "campaign_message_id"],
            filter: 'contains-any(campaign_id,["a"])',
          },
        },
      });
      expect(body.data.attributes.results.map(({ groupings }) => groupings)).toEqual([
        { campaign_id: "a", campaign_message_id: "a-M1" },
      ]);
    },
  };

  test.each(NEIGHBOURS)("drives %s", async (operation) => {
    expect.hasAssertions();
    await CALLS[operation]?.();
  });
});
