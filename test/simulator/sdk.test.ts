import { beforeEach, describe, expect, test } from "@jest/globals";
import { ApiKeySession, CampaignsApi, RetryWithExponentialBackoff } from "klaviyo-api";
import { aCampaign, CAMPAIGN_ID, start, type Started } from "./start-simulator.js";

/** Klaviyo's own client is the nearest thing to a second opinion on how requests and answers look. */
describe("the official SDK", () => {
  let started: Started;
  let api: CampaignsApi;

  beforeEach(async () => {
    const campaigns = [
      aCampaign({ name: "Running", tags: [{ id: "tag-1", name: "Sale" }], messages: [{ text: "Hello" }] }),
      { id: "draft", status: "Draft" },
      { id: "text", status: "Sent", channel: "sms" as const },
    ];
    started = await start({ campaigns });
    api = new CampaignsApi(new ApiKeySession("pk_test", new RetryWithExponentialBackoff({ numRetries: 1 })));
    api.basePath = started.url;
  });

  const job = (id: string) => ({ type: "campaign-send-job" as const, id });

  const stop = (action: "cancel" | "revert") =>
    api.cancelCampaignSend(CAMPAIGN_ID, { data: { ...job(CAMPAIGN_ID), attributes: { action } } });

  test("lists campaigns with what it includes", async () => {
    const { body } = await api.getCampaigns('equals(messages.channel,"email")', {
      include: ["campaign-messages", "tags"],
      fieldsCampaign: ["name", "status"],
      fieldsTag: ["name"],
      sort: "-name",
      pageSize: 1,
    });
    expect(body.data.map(({ id, attributes }) => [id, attributes.name, attributes.status])).toEqual([
      [CAMPAIGN_ID, "Running", "Sending"],
    ]);
    expect(body.included?.map(({ type }) => type)).toEqual(["campaign-message", "tag"]);
  });

  test("walks to the next page by the link of the first", async () => {
    const options = { pageSize: 1, sort: "id" } as const;
    const first = await api.getCampaigns('equals(messages.channel,"email")', options);
    const pageCursor = new URL(first.body.links?.next ?? "").searchParams.get("page[cursor]") ?? "";
    const second = await api.getCampaigns('equals(messages.channel,"email")', { ...options, pageCursor });
    expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual([CAMPAIGN_ID, "draft"]);
    expect(second.body.links?.next).toBeUndefined();
  });

  test("gets one campaign and its message", async () => {
    const { body } = await api.getCampaign(CAMPAIGN_ID, { include: ["campaign-messages"] });
    expect(body.data.attributes).toMatchObject({ name: "Running", sendStrategy: { method: "immediate" } });
    expect(body.data.attributes.createdAt).toEqual(new Date("2026-11-21T12:00:00Z"));
    expect(JSON.stringify(body.included)).toContain('"subject":"Hello"');
  });

  test("sends a draft and reads its job", async () => {
    const { response, body } = await api.sendCampaign({ data: job("draft") });
    expect([response.status, body.data.attributes.status]).toEqual([202, "queued"]);
    started.clock.advance(60_000);
    expect((await api.getCampaignSendJob("draft")).body.data.attributes.status).toBe("complete");
  });

  test.each([
    ["cancel", "Cancelled"],
    ["revert", "Draft"],
  ] as const)("stops a send with %s", async (action, status) => {
    const { response } = await stop(action);
    expect([response.status, response.data]).toEqual([204, ""]);
    started.clock.advance(800);
    expect((await api.getCampaign(CAMPAIGN_ID)).body.data.attributes.status).toBe(status);
    expect((await api.getCampaignSendJob(CAMPAIGN_ID)).body.data.attributes.status).toBe("cancelled");
  });

  test("sees a 404 as an error with the fields that it knows", async () => {
    await expect(api.getCampaign("unknown")).rejects.toMatchObject({
      isAxiosError: true,
      response: {
        status: 404,
        data: { errors: [{ status: 404, code: "not_found", title: "Not found.", source: { pointer: "/data" } }] },
      },
    });
  });
});
