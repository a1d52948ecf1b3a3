import { describe, expect, test } from "@jest/globals";
import { CAMPAIGN_ID, start, type Started } from "./start-simulator.js";

const CAMPAIGN = `/api/campaigns/${CAMPAIGN_ID}`;
const JOB = `/api/campaign-send-jobs/${CAMPAIGN_ID}`;

async function statuses({ call }: Started, path: string, count: number): Promise<readonly number[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => call(path)));
  return answers.map((answer) => answer.status);
}

const quotaOf = (headers: Headers) =>
  ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after"].map((name) => headers.get(name));

describe("rate limits", () => {
  test("every answer but a 429 describes the steady window", async () => {
    const { call, clock } = await start();
    clock.advance(12_500);
    expect(quotaOf((await call(CAMPAIGN)).headers)).toEqual(["150", "149", "48", null]);
    expect(quotaOf((await call(`${CAMPAIGN}?colour=red`)).headers)).toEqual(["150", "148", "48", null]);
  });

  test("the eleventh request of a second is throttled until the second is over", async () => {
    const started = await start();
    started.clock.advance(300);
    expect(await statuses(started, CAMPAIGN, 10)).toEqual(Array(10).fill(200));
    const throttled = await started.call(CAMPAIGN);
    expect(throttled.status).toBe(429);
    expect(quotaOf(throttled.headers)).toEqual([null, null, null, "1"]);
    expect(throttled.json["errors"]?.[0]).toMatchObject({
      status: 429,
      code: "throttled",
      detail: "Request was throttled. Expected available in 1 second.",
      links: { type: expect.stringContaining("rate-limits") },
    });
    started.clock.advance(700);
    expect((await started.call(CAMPAIGN)).status).toBe(200);
  });

  test("the 151st request of a minute is throttled until the minute is over", async () => {
    const started = await start();
    for (let second = 0; second < 15; second += 1) {
      expect(await statuses(started, CAMPAIGN, 10)).not.toContain(429);
      started.clock.advance(1_000);
    }
    const throttled = await started.call(CAMPAIGN);
    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "45"]);
    expect(throttled.json["errors"]?.[0]?.["detail"]).toContain("45 seconds.");
    started.clock.advance(45_000);
    expect((await started.call(CAMPAIGN)).status).toBe(200);
  });

  test("one endpoint does not use up another's", async () => {
    const started = await start();
    await statuses(started, CAMPAIGN, 11);
    expect((await started.call(JOB)).status).toBe(200);
  });

  test("all keys of the account share them", async () => {
    const started = await start();
    await statuses(started, CAMPAIGN, 10);
    const other = await started.call(CAMPAIGN, { headers: { authorization: "Klaviyo-API-Key pk_other" } });
    expect(other.status).toBe(429);
  });

  test("what is refused for its key does not count", async () => {
    const started = await start();
    await started.call(CAMPAIGN, { headers: { authorization: undefined } });
    expect((await started.call(CAMPAIGN)).headers.get("ratelimit-remaining")).toBe("149");
  });

  test("can be switched off, headers and all", async () => {
    const started = await start({ limits: "off" });
    expect(await statuses(started, CAMPAIGN, 20)).toEqual(Array(20).fill(200));
    expect(quotaOf((await started.call(CAMPAIGN)).headers)).toEqual([null, null, null, null]);
  });
});
