import { beforeEach, describe, expect, test } from "@jest/globals";
import { ApiKeySession, CampaignsApi, RetryWithExponentialBackoff } from "klaviyo-api";
import { ROUTES } from "../../src/simulator/routes.js";
import { start, type Started } from "./start-simulator.js";

/** The category that `CampaignsApi` is for stands first in the table. */
const CATEGORY = ROUTES.slice(0, 26);

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Each request below is made, and each answer is read, by Klaviyo's own client. */
describe("the official SDK on campaigns", () => {
  let started: Started;
  let api: CampaignsApi;

  beforeEach(async () => {
    started = await start({
      limits: "off",
      campaigns: [
        {
          id: "mail",
          status: "Draft",
          tags: [{ id: "t", name: "Tag" }],
          messages: [{ id: "m", templateId: "RipRmi" }],
        },
        { id: "text", status: "Draft", channel: "sms", messages: [{ id: "s", text: "Hi", imageId: "7" }] },
      ],
    });
    api = new CampaignsApi(new ApiKeySession("pk_test", new RetryWithExponentialBackoff({ numRetries: 1 })));
    api.basePath = started.url;
  });

  test("calls every operation of the category", () => {
    expect(CATEGORY).toHaveLength(26);
    expect(Object.keys(CALLS).toSorted()).toEqual(CATEGORY.map(({ operation }) => camelCase(operation)).toSorted());
  });

  const email = (subject: string) => ({ channel: "email" as const, content: { subject, fromEmail: "a@example.com" } });
  const newCampaign = () =>
    api.createCampaign({
      data: {
        type: "campaign",
        attributes: {
          name: "By SDK",
          audiences: { included: ["Y6nRLr"], excluded: ["UTd5ui"] },
          sendStrategy: { method: "throttled", datetime: new Date("2026-12-01T08:00:00Z"), throttlePercentage: 25 },
          sendOptions: { useSmartSending: false },
          trackingOptions: { addTrackingParams: true, isTrackingOpens: false },
          campaignMessages: { data: [{ type: "campaign-message", attributes: { definition: email("Hello") } }] },
        },
      },
    });

  /** By the SDK's name of the operation: what it sends, and what comes of it. */
  const CALLS: Readonly<Record<string, () => Promise<void>>> = {
    createCampaign: async () => {
      const { response, body } = await newCampaign();
      expect([response.status, body.data.attributes]).toMatchObject([
        201,
        {
          name: "By SDK",
          sendStrategy: { method: "throttled", throttlePercentage: 25 },
          audiences: { excluded: ["UTd5ui"] },
        },
      ]);
      expect(body.data.attributes.trackingOptions).toMatchObject({ isTrackingOpens: false, isTrackingClicks: true });
    },
    getCampaigns: async () => {
      const { body } = await api.getCampaigns('and(equals(messages.channel,"sms"),any(id,["text","mail"]))');
      expect(body.data.map(({ id }) => id)).toEqual(["text"]);
    },
    getCampaign: async () => {
      const { body } = await api.getCampaign("mail", { include: ["tags", "campaign-messages"] });
      expect([body.data.relationships?.tags?.data, body.included?.length]).toEqual([[{ type: "tag", id: "t" }], 2]);
    },
    updateCampaign: async () => {
      const attributes = { name: "Renamed", audiences: { included: ["VbM7aD"] } };
      const { body } = await api.updateCampaign("mail", { data: { type: "campaign", id: "mail", attributes } });
      expect(body.data.attributes).toMatchObject(attributes);
    },
    deleteCampaign: async () => {
      expect((await api.deleteCampaign("mail")).response.status).toBe(204);
      expect(started.simulator.statusOf("mail")).toBeUndefined();
    },
    createCampaignClone: async () => {
      const clone = { data: { type: "campaign" as const, id: "mail", attributes: { newName: "Twin" } } };
      const { response, body } = await api.createCampaignClone(clone);
      expect([response.status, body.data.attributes.name, body.data.id === "mail"]).toEqual([201, "Twin", false]);
    },
    sendCampaign: async () => {
      const { response, body } = await api.sendCampaign({ data: { type: "campaign-send-job", id: "mail" } });
      expect([response.status, body.data.attributes.status]).toEqual([202, "queued"]);
    },
    getCampaignSendJob: async () => {
      await api.sendCampaign({ data: { type: "campaign-send-job", id: "mail" } });
      started.clock.advance(60_000);
      expect((await api.getCampaignSendJob("mail")).body.data.attributes.status).toBe("complete");
    },
    cancelCampaignSend: async () => {
      await api.sendCampaign({ data: { type: "campaign-send-job", id: "mail" } });
      const data = { type: "campaign-send-job" as const, id: "mail", attributes: { action: "revert" as const } };
      expect((await api.cancelCampaignSend("mail", { data })).response.status).toBe(204);
      started.clock.advance(1_000);
      expect(started.simulator.statusOf("mail")).toBe("Draft");
    },
    refreshCampaignRecipientEstimation: async () => {
      const data = { type: "campaign-recipient-estimation-job" as const, id: "mail" };
      const { response, body } = await api.refreshCampaignRecipientEstimation({ data });
      expect([response.status, body.data.attributes.status]).toEqual([202, "queued"]);
    },
    getCampaignRecipientEstimationJob: async () => {
      await api.refreshCampaignRecipientEstimation({ data: { type: "campaign-recipient-estimation-job", id: "mail" } });
      started.clock.advance(3_000);
      expect((await api.getCampaignRecipientEstimationJob("mail")).body.data.attributes.status).toBe("complete");
    },
    getCampaignRecipientEstimation: async () => {
      const { body } = await api.getCampaignRecipientEstimation("mail");
      expect(body.data.attributes.estimatedRecipientCount).toBe(4_200);
    },
    getCampaignMessage: async () => {
      const { body } = await api.getCampaignMessage("m", {
        include: ["template", "campaign"],
        fieldsTemplate: ["name"],
      });
      expect(body.data.relationships?.template?.data).toEqual({ type: "template", id: "RipRmi" });
      expect(body.included?.map(({ type }) => type)).toEqual(["template", "campaign"]);
    },
    updateCampaignMessage: async () => {
      const data = { type: "campaign-message" as const, id: "m", attributes: { definition: email("New") } };
      const { body } = await api.updateCampaignMessage("m", { data });
      expect(JSON.stringify(body.data.attributes.definition)).toContain('"subject":"New"');
    },
    assignTemplateToCampaignMessage: async () => {
      const relationships = { template: { data: { type: "template" as const, id: "TmP4sA" } } };
      const data = { type: "campaign-message" as const, id: "m", relationships };
      const { response, body } = await api.assignTemplateToCampaignMessage({ data });
      expect([response.status, body.data.attributes.channel, body.data.attributes.label]).toEqual([
        200,
        "email",
        "Default message",
      ]);
      const template = (await api.getTemplateForCampaignMessage("m")).body.data;
      expect([template?.attributes.name, template?.id === "TmP4sA"]).toEqual(["Sale", false]);
    },
    updateImageForCampaignMessage: async () => {
      const { response } = await api.updateImageForCampaignMessage("s", { data: { type: "image", id: "14254" } });
      expect([response.status, (await api.getImageIdForCampaignMessage("s")).body.data?.id]).toEqual([204, "14254"]);
    },
    getCampaignForCampaignMessage: async () =>
      expect((await api.getCampaignForCampaignMessage("m")).body.data?.attributes.status).toBe("Draft"),
    getCampaignIdForCampaignMessage: async () =>
      expect((await api.getCampaignIdForCampaignMessage("m")).body.data).toEqual({ type: "campaign", id: "mail" }),
    getTemplateForCampaignMessage: async () =>
      expect((await api.getTemplateForCampaignMessage("m")).body.data?.attributes.editorType).toBe("CODE"),
    getTemplateIdForCampaignMessage: async () =>
      expect((await api.getTemplateIdForCampaignMessage("m")).body.data).toEqual({ type: "template", id: "RipRmi" }),
    getImageForCampaignMessage: async () =>
      expect((await api.getImageForCampaignMessage("s")).body.data.attributes).toMatchObject({
        name: "Logo",
        size: 12_480,
      }),
    getImageIdForCampaignMessage: async () =>
      expect((await api.getImageIdForCampaignMessage("s")).body.data).toEqual({ type: "image", id: "7" }),
    getMessagesForCampaign: async () => {
      const { body } = await api.getMessagesForCampaign("text", { include: ["image"] });
      expect([body.data.map(({ id }) => id), body.included?.map(({ id }) => id)]).toEqual([["s"], ["7"]]);
    },
    getMessageIdsForCampaign: async () =>
      expect((await api.getMessageIdsForCampaign("mail")).body.data).toEqual([{ type: "campaign-message", id: "m" }]),
    getTagsForCampaign: async () =>
      expect((await api.getTagsForCampaign("mail")).body.data.map(({ attributes }) => attributes.name)).toEqual([
        "Tag",
      ]),
    getTagIdsForCampaign: async () =>
      expect((await api.getTagIdsForCampaign("mail")).body.data).toEqual([{ type: "tag", id: "t" }]),
  };

  test.each(CATEGORY.map(({ operation }) => operation))("drives %s", async (operation) => {
    expect.hasAssertions();
    await CALLS[camelCase(operation)]?.();
  });

  test("creates a text message and two kinds of push", async () => {
    const typesOf = async (definition: Parameters<typeof createWith>[0]) => {
      const { body } = await createWith(definition);
      const messages = await api.getMessagesForCampaign(body.data.id);
      return JSON.stringify(messages.body.data[0]?.attributes.definition);
    };
    type Sent = Parameters<CampaignsApi["createCampaign"]>[0]["data"]["attributes"]["campaignMessages"]["data"][number];
    const createWith = (definition: Sent["attributes"]["definition"]) =>
      api.createCampaign({
        data: {
          type: "campaign",
          attributes: {
            name: "Short",
            audiences: { included: [] },
            campaignMessages: { data: [{ type: "campaign-message", attributes: { definition } }] },
          },
        },
      });
    expect(
      await typesOf({ channel: "sms", content: { body: "Hi" }, renderOptions: { shortenLinks: false } }),
    ).toContain('"shortenLinks":false');
    expect(await typesOf({ channel: "mobile_push", notificationType: "standard", content: { body: "Hi" } })).toContain(
      '"body":"Hi"',
    );
    expect(await typesOf({ channel: "mobile_push", notificationType: "silent", kvPairs: { a: "b" } })).toContain(
      "silent",
    );
  });
});
