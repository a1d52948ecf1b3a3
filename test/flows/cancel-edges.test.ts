import { describe, expect, test } from "@jest/globals";
import {
  cancel,
  cancelPayload,
  ID,
  onLook,
  onPatch,
  onRead,
  PATCH,
  startWithCampaign,
  wire,
} from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { leavingClient } from "../support/leaving-client.js";
import { until } from "../support/until.js";

const TWO_CANCELS = `mutation {
  a: cancelCampaignSend(id: "ONE", revision: "2026-07-15", action: CANCEL) { outcome problem { code message } }
  b: cancelCampaignSend(id: "TWO", revision: "2026-07-15", action: CANCEL) { outcome problem { code message } }
}`;

const TWO_CAMPAIGNS = ["ONE", "TWO"].map((id) => ({ id, status: "Sending", settles: false }));

describe("several cancels in one request", () => {
  test("are none of them begun where another mutation beside them cannot be, however it is run", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: TWO_CAMPAIGNS } });
    const ask = async (id: string) => {
      const { body } = await gateway.query(
        `mutation ($id: ID!) {
          a: cancelCampaignSend(id: "ONE", revision: "2026-07-15", action: CANCEL) { outcome }
          ...Rest
        }
        fragment Rest on Mutation { b: deleteCampaign(id: $id) { outcome } c: deleteCampaign(id: "?") @skip(if: true) { outcome } }`,
        { id },
      );
      return body as {
        readonly data: unknown;
        readonly errors?: readonly { readonly path: unknown; readonly extensions: object }[];
      };
    };
    // Interpreted first, and compiled from then on.
    for (let time = 0; time < 2; time++) {
      const { data, errors } = await ask("!");
      expect(data).toBeNull();
      expect(errors).toMatchObject([
        { path: ["b"], extensions: { code: "BAD_USER_INPUT", fields: [{ field: "id" }] } },
      ]);
    }
    expect(wire(gateway)).toEqual([]);
    expect((await ask("TWO")).errors).toBeUndefined();
    expect(wire(gateway).filter((line) => line.startsWith("PATCH"))).toEqual(["PATCH /api/campaign-send-jobs/ONE"]);
  });

  test("share the request's time: what it does not suffice for is not begun, and said so", async () => {
    const env = { CANCEL_DEADLINE_MS: "6000", CANCEL_WAIT_MS: "5500", KLAVIYO_ATTEMPT_TIMEOUT_MS: "400" };
    const campaigns = [...TWO_CAMPAIGNS, { id: "THREE", status: "Sending", settles: false }];
    await using gateway = await startGateway({ env, simulator: { campaigns } });
    const three = `c: cancelCampaignSend(id: "THREE", revision: "2026-07-15", action: CANCEL) { outcome problem { code message } }`;
    const { body } = await gateway.query(TWO_CANCELS.replace(/}$/, `${three} }`));
    expect(body.data).toMatchObject({
      a: { outcome: "ACCEPTED" },
      b: { outcome: "ACCEPTED" },
      c: {
        outcome: "NOT_STOPPED",
        problem: { code: "UPSTREAM_TIMEOUT", message: expect.stringContaining("not begun") },
      },
    });
    expect(wire(gateway).join(" ")).not.toContain("THREE");
    expect(gateway.clock.now()).toBeLessThanOrEqual(6_250);
    expect(gateway.logs.filter((line) => line["audit"] === "cancelCampaignSend")).toHaveLength(3);
  });

  test("are not begun after their client has left, and leave their audit lines all the same", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, simulator: { campaigns: TWO_CAMPAIGNS } });
    const client = leavingClient(gateway, TWO_CANCELS);
    await until(() => clock.sleeps.length === 1);
    client.leave();
    await client.left;
    await until(() => gateway.logs.some((line) => line["status"] === "client gone"));
    const audits = () => gateway.logs.filter((line) => line["audit"] === "cancelCampaignSend");
    for (let looks = 1; audits().length < 2; looks++) {
      clock.advance(2_000);
      await until(() => clock.sleeps.length > looks || audits().length === 2);
    }
    expect(wire(gateway).filter((line) => line.startsWith("PATCH"))).toEqual(["PATCH /api/campaign-send-jobs/ONE"]);
    expect(audits().map((line) => line["outcome"])).toEqual(["ACCEPTED", "NOT_STOPPED"]);
  });
});

describe("a refusal while another cancel is at work", () => {
  test("is not called a failure: the campaign is watched until it is stopped", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 6_000 });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "ACCEPTED" });
    gateway.simulator.addFault(onPatch({ kind: "status", status: 409 }));
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
  });
});

describe("without waiting time", () => {
  test.each([
    ["Cancelled", "ALREADY_STOPPED"],
    ["Sent", "TOO_LATE"],
    ["Draft", "NOT_STOPPED"],
  ])("a refusal of a campaign that is %s is still looked into: %s", async (status, outcome) => {
    await using gateway = await startWithCampaign({ status }, [], { env: { CANCEL_WAIT_MS: "0" } });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome, campaign: { statusText: status } });
  });
});

test("a status from before Klaviyo accepted is not told as one from after", async () => {
  await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [onPatch({ kind: "status", status: 503 })]);
  const unsubscribe = gateway.simulator.onRequest(({ method }) => {
    if (method !== "GET") return;
    unsubscribe();
    setImmediate(() => gateway.simulator.addFault(onLook({ kind: "status", status: 503 }, { times: "always" })));
  });
  const payload = await cancelPayload(gateway);
  expect(payload).toMatchObject({ outcome: "ACCEPTED", campaign: null, problem: { code: "UPSTREAM_UNAVAILABLE" } });
  expect(payload.problem.message).not.toContain("was still");
});

test("one 404 after a PATCH of unknown effect is not taken for 'no such campaign'", async () => {
  await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [
    onPatch({ kind: "status", status: 502 }, { applied: true }),
    onRead({ kind: "status", status: 404 }),
  ]);
  expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED" });
});

test("a list that Klaviyo refuses does not end the looks of many cancels: they look one by one", async () => {
  const ids = ["A", "B", "C", "D"];
  const clock = new HeldClock(false);
  const campaigns = ids.map((id) => ({ id, status: "Sending", settleAfterMs: 100 }));
  await using gateway = await startGateway({ clock, simulator: { campaigns } });
  const fault = { kind: "status", status: 400 } as const;
  gateway.simulator.addFault({ match: { method: "GET", path: "/api/campaigns" }, times: "always", answer: fault });
  const answers = Promise.all(ids.map((id) => cancelPayload(gateway, { id })));
  // Each call has a time limit of its own while it is out: what is left is the turn for which all of them wait.
  await until(() => wire(gateway).length === 4 && clock.pendingCount === 1);
  clock.advance(100);
  expect((await answers).map(({ outcome }) => outcome)).toEqual(Array(4).fill("STOPPED"));
});

test("an error document with a status of success is not Klaviyo's acceptance", async () => {
  const body = JSON.stringify({ errors: [{ id: "x", code: "error", title: "t", detail: "d" }] });
  await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [
    onPatch({ kind: "status", status: 200, body, contentType: "application/vnd.api+json" }),
  ]);
  expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED" });
  expect(wire(gateway).filter((line) => line === PATCH)).toHaveLength(2);
});

test("what is selected of a campaign that took long to stop is read in a time of its own", async () => {
  const headers = { "retry-after": "11" };
  await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [
    onPatch({ kind: "status", status: 429, headers }),
  ]);
  const { body } = await gateway.query(
    `mutation { cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) { outcome campaign { sendJob { status } } } }`,
  );
  expect(body).toEqual({
    data: { cancelCampaignSend: { outcome: "STOPPED", campaign: { sendJob: { status: "CANCELLED" } } } },
  });
});

test("an answer is HTTP 200 with data, whatever Klaviyo does", async () => {
  await using gateway = await startWithCampaign({}, [onPatch({ kind: "status", status: 500 }, { times: "always" })]);
  const { status, headers, body } = await cancel(gateway);
  expect([status, headers.get("retry-after"), body.errors]).toEqual([200, null, undefined]);
});
