import { describe, expect, test } from "@jest/globals";
import { wire } from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { leavingClient } from "../support/leaving-client.js";
import { until } from "../support/until.js";

const CAMPAIGNS = ["ONE", "TWO", "THREE"].map((id) => ({ id, status: "Draft" }));

const DELETES = `mutation {
  a: deleteCampaign(id: "ONE") { outcome problem { code message } }
  b: deleteCampaign(id: "TWO") { outcome problem { code message } }
  c: sendCampaign(id: "THREE") { outcome problem { code message } }
}`;

const THROTTLED = { kind: "status", status: 429, headers: { "retry-after": "5" } } as const;

describe("several writes in one request", () => {
  test("share the request's time: what it does not suffice for is never sent, and said so", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: CAMPAIGNS } });
    // Each delete waits for Klaviyo's limit until its share of the 15 s is over.
    gateway.simulator.addFault({ match: { method: "DELETE" }, times: "always", answer: THROTTLED });
    const { body } = await gateway.query(DELETES);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({ a: { outcome: "REFUSED" }, b: { outcome: "REFUSED" } });
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });

  test("are not sent any more when those before them have used the time up", async () => {
    const env = { WRITE_DEADLINE_MS: "4500" };
    await using gateway = await startGateway({ env, simulator: { campaigns: CAMPAIGNS } });
    gateway.simulator.addFault({ match: { method: "DELETE" }, answer: { kind: "black-hole" } });
    gateway.simulator.addFault({ match: { method: "GET" }, times: "always", answer: { kind: "status", status: 503 } });
    const unsubscribe = gateway.simulator.onRequest(() => {
      unsubscribe();
      setImmediate(() => gateway.clock.advance(4_500));
    });
    const { body } = await gateway.query(DELETES);
    expect(body.data).toMatchObject({
      a: { outcome: "UNKNOWN" },
      c: { outcome: "REFUSED", problem: { code: "UPSTREAM_TIMEOUT", message: expect.stringContaining("no time") } },
    });
    expect(wire(gateway)).not.toContain("POST /api/campaign-send-jobs");
    expect(gateway.simulator.statusOf("THREE")).toBe("Draft");
  });

  test("are not begun after their client has left, and leave their audit lines all the same", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, simulator: { campaigns: CAMPAIGNS } });
    gateway.simulator.addFault({ match: { method: "DELETE" }, answer: THROTTLED });
    const client = leavingClient(gateway, DELETES);
    await until(() => clock.sleeps.length === 1);
    client.leave();
    await client.left;
    await until(() => gateway.logs.some((line) => line["status"] === "client gone"));
    clock.advance(5_000);
    const audits = () => gateway.logs.filter((line) => line["msg"] === "write");
    await until(() => audits().length === 3);
    // The first had gone out and is seen through; the others were not begun.
    expect(audits().map((line) => line["outcome"])).toEqual(["DONE", "REFUSED", "REFUSED"]);
    expect(new Set(wire(gateway))).toEqual(new Set(["DELETE /api/campaigns/ONE"]));
    expect(gateway.simulator.statusOf("THREE")).toBe("Draft");
  });
});
