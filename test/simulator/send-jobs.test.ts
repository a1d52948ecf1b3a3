import { describe, expect, test } from "@jest/globals";
import { aCampaign, CAMPAIGN_ID, sendBody, start, type Started, stopBody } from "./start-simulator.js";

const JOB = `/api/campaign-send-jobs/${CAMPAIGN_ID}`;

const stop = ({ call }: Started, action: string, path = JOB) => call(path, { method: "PATCH", body: stopBody(action) });
const send = ({ call }: Started) => call("/api/campaign-send-jobs", { method: "POST", body: sendBody() });

async function jobStatus({ call }: Started): Promise<unknown> {
  const answer = await call(JOB);
  return answer.status === 200 ? answer.json["data"]?.["attributes"]?.["status"] : answer.status;
}

describe("stopping a send", () => {
  test("is accepted with a 204 that has neither body nor content type", async () => {
    const started = await start();
    const answer = await stop(started, "cancel");
    expect([answer.status, answer.text, answer.headers.get("content-type")]).toEqual([204, "", null]);
    expect(answer.headers.get("content-length")).toBeNull();
  });

  test.each([
    ["cancel", "Cancelled"],
    ["revert", "Draft"],
  ])("by %s takes effect a while after it was accepted, not before", async (action, status) => {
    const started = await start({ campaigns: [aCampaign({ settleAfterMs: 1_200 })] });
    await stop(started, action);
    started.clock.advance(1_199);
    expect(started.simulator.statusOf(CAMPAIGN_ID)).toBe("Sending");
    started.clock.advance(1);
    expect(started.simulator.statusOf(CAMPAIGN_ID)).toBe(status);
    expect(await jobStatus(started)).toBe("cancelled");
  });

  test("settles after 800 ms when the campaign says nothing else, and then stays", async () => {
    const timeline = [{ afterMs: 5_000, status: "Sent" }];
    const started = await start({ campaigns: [aCampaign({ timeline })] });
    await stop(started, "cancel");
    started.clock.advance(800);
    const settled = started.simulator.statusOf(CAMPAIGN_ID);
    started.clock.advance(60_000);
    expect([settled, started.simulator.statusOf(CAMPAIGN_ID)]).toEqual(["Cancelled", "Cancelled"]);
  });

  test("loses against a campaign that is sent before the action settles", async () => {
    const timeline = [{ afterMs: 500, status: "Sent" }];
    const started = await start({ campaigns: [aCampaign({ timeline })] });
    expect((await stop(started, "cancel")).status).toBe(204);
    started.clock.advance(10_000);
    expect(started.simulator.statusOf(CAMPAIGN_ID)).toBe("Sent");
  });

  test("may be accepted and never take effect", async () => {
    const timeline = [{ afterMs: 5_000, status: "Sent" }];
    const started = await start({ campaigns: [aCampaign({ settles: false, timeline })] });
    expect((await stop(started, "cancel")).status).toBe(204);
    started.clock.advance(4_999);
    expect(started.simulator.statusOf(CAMPAIGN_ID)).toBe("Sending");
    started.clock.advance(1);
    expect(started.simulator.statusOf(CAMPAIGN_ID)).toBe("Sent");
  });

  test("is accepted again while it is under way, without putting it off", async () => {
    const started = await start();
    await stop(started, "revert");
    started.clock.advance(700);
    expect((await stop(started, "revert")).status).toBe(204);
    started.clock.advance(10_000);
    const { json } = await started.call(`/api/campaigns/${CAMPAIGN_ID}?fields[campaign]=status,updated_at`);
    expect(json["data"]?.["attributes"]).toEqual({ status: "Draft", updated_at: "2026-11-22T12:00:00.800+00:00" });
  });

  test("conflicts with the other action while one is under way", async () => {
    const started = await start();
    await stop(started, "cancel");
    expect((await stop(started, "revert")).status).toBe(409);
  });

  test.each([
    "Scheduled",
    "Queued without Recipients",
    "Adding Recipients",
    "Preparing to schedule",
    "Preparing to send",
    "Sending Segments",
    "Variations Sent",
    "Unknown",
    "A status of tomorrow",
  ])("is possible in status %s", async (status) => {
    const started = await start({ campaigns: [aCampaign({ status })] });
    expect((await stop(started, "revert")).status).toBe(204);
  });

  test.each(["Draft", "Sent", "Cancelled", "Cancelled: Smart Sending"])("is refused in status %s", async (status) => {
    const started = await start({ campaigns: [aCampaign({ status })] });
    const answer = await stop(started, "cancel");
    expect([answer.status, answer.json["errors"]?.[0]?.["detail"]]).toEqual([400, expect.stringContaining(status)]);
  });

  test("is refused with the status that the campaign was told to answer", async () => {
    const started = await start({ campaigns: [aCampaign({ refusesAction: 403 })] });
    expect((await stop(started, "cancel")).status).toBe(403);
    started.clock.advance(10_000);
    expect(started.simulator.statusOf(CAMPAIGN_ID)).toBe("Sending");
  });

  test("of an unknown campaign is a 404, and of another one than the path names a 409", async () => {
    const started = await start();
    const unknown = await started.call("/api/campaign-send-jobs/zz", {
      method: "PATCH",
      body: stopBody("cancel", "zz"),
    });
    expect(unknown.status).toBe(404);
    expect((await stop(started, "cancel", "/api/campaign-send-jobs/zz")).status).toBe(409);
  });

  test.each([
    ["/data", {}],
    ["/data", { data: [] }],
    ["/data/type", { data: { type: "campaign", id: CAMPAIGN_ID, attributes: { action: "cancel" } } }],
    ["/data/id", { data: { type: "campaign-send-job", attributes: { action: "cancel" } } }],
    ["/data/id", { data: { type: "campaign-send-job", id: 7, attributes: { action: "cancel" } } }],
    ["/data/attributes/action", { data: { type: "campaign-send-job", id: CAMPAIGN_ID } }],
    ["/data/attributes/action", stopBody("CANCEL")],
    ["/data/attributes/action", stopBody("pause")],
  ])("points at %s when that is what is wrong with the body", async (pointer, body) => {
    const started = await start();
    const answer = await started.call(JOB, { method: "PATCH", body });
    expect([answer.status, answer.json["errors"]?.[0]?.["source"]]).toEqual([400, { pointer }]);
  });
});

describe("sending", () => {
  const draft = { campaigns: [aCampaign({ status: "Draft" })] };

  test("a draft walks through the states of a send by the clock", async () => {
    const started = await start(draft);
    const answer = await send(started);
    expect([answer.status, answer.json["data"]?.["attributes"]?.["status"]]).toEqual([202, "queued"]);
    const seen = new Set<string | undefined>();
    for (let second = 0; second < 60; second += 1) {
      seen.add(started.simulator.statusOf(CAMPAIGN_ID));
      started.clock.advance(1_000);
    }
    expect([...seen]).toEqual(["Queued without Recipients", "Adding Recipients", "Scheduled", "Sending", "Sent"]);
  });

  test("again is possible after a revert, and impossible after a cancel", async () => {
    const reverted = await start();
    await stop(reverted, "revert");
    reverted.clock.advance(800);
    expect((await send(reverted)).status).toBe(202);
    const cancelled = await start();
    await stop(cancelled, "cancel");
    cancelled.clock.advance(800);
    expect((await send(cancelled)).status).toBe(400);
  });

  test("a second time is refused while the first is under way", async () => {
    const started = await start(draft);
    await send(started);
    expect((await send(started)).status).toBe(400);
  });

  test("sets and takes back the times of the campaign", async () => {
    const started = await start(draft);
    const times = async () => {
      const { json } = await started.call(`/api/campaigns/${CAMPAIGN_ID}?fields[campaign]=scheduled_at,send_time`);
      return json["data"]?.["attributes"];
    };
    expect(await times()).toEqual({ scheduled_at: null, send_time: null });
    await send(started);
    expect(await times()).toEqual({
      scheduled_at: "2026-11-22T12:00:00.000+00:00",
      send_time: "2026-11-22T12:00:20.000+00:00",
    });
    await stop(started, "revert");
    started.clock.advance(800);
    expect(await times()).toEqual({ scheduled_at: null, send_time: null });
  });
});

describe("the send job", () => {
  test.each([
    ["Queued without Recipients", "queued"],
    ["Adding Recipients", "queued"],
    ["Scheduled", "queued"],
    ["Sending", "processing"],
    ["Variations Sent", "processing"],
    ["Sent", "complete"],
    ["Cancelled: Billing Limit", "cancelled"],
    ["Draft", 404],
  ])("of a campaign in status %s is %s", async (status, expected) => {
    const started = await start({ campaigns: [aCampaign({ status })] });
    expect(await jobStatus(started)).toBe(expected);
  });

  test("has the id of its campaign", async () => {
    const { call, url } = await start();
    expect((await call(JOB)).json["data"]).toEqual({
      type: "campaign-send-job",
      id: CAMPAIGN_ID,
      attributes: { status: "processing" },
      links: { self: `${url}${JOB}` },
    });
  });
});
