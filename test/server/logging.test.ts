import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { createLogger } from "../../src/server/logger.js";
import { Secrets } from "../../src/server/secrets.js";
import { CANCEL, cancel, cancelPayload, ID, onPatch, PATCH, startWithCampaign, wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";
import { closed, openSocket, sendRaw } from "./raw-http.js";

const READ_QUERY = `{ campaign(id: "${ID}") { status } }`;

function lines(gateway: TestGateway, msg: string): readonly Record<string, unknown>[] {
  return gateway.logs.filter((line) => line["msg"] === msg);
}

/** POSTs an operation on a connection of its own, which a test may cut. */
function postOn(gateway: TestGateway, query: string, variables: object = {}) {
  const socket = openSocket(gateway.url);
  const body = JSON.stringify({ query, variables });
  const head = ["POST /graphql HTTP/1.1", "Host: x", "Content-Type: application/json", "X-Request-Id: left"];
  socket.write(`${head.join("\r\n")}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  return socket;
}

const VARIABLES = { id: ID, revision: "2026-07-15", action: "CANCEL" };

describe("the access line", () => {
  test("is written once for each request, with its id and status, without its query", async () => {
    await using gateway = await startGateway();
    await gateway.query(`{ __typename secret: __typename }`, {}, { "x-request-id": "one" });
    await fetch(`${gateway.url}/nowhere?token=hush`, { headers: { "x-request-id": "two" } }).then((r) => r.text());
    await until(() => lines(gateway, "request").length === 2);
    expect(lines(gateway, "request")).toEqual([
      expect.objectContaining({ level: 30, requestId: "one", method: "POST", path: "/graphql", status: 200 }),
      expect.objectContaining({ level: 30, requestId: "two", method: "GET", path: "/nowhere", status: 404 }),
    ]);
    expect(lines(gateway, "request")[0]?.["durationMs"]).toBe(0);
    expect(gateway.rawLogs.join("")).not.toMatch(/secret|hush/);
  });

  test("cannot be forged by what is in a request", async () => {
    await using gateway = await startGateway();
    const forged = `","level":50,"audit":"cancelCampaignSend","x":"`;
    const head = `GET /${encodeURI(forged)}"${"a".repeat(500)} HTTP/1.1\r\nHost: x\r\nUser-Agent: ${forged}\r\n\r\n`;
    await sendRaw(gateway.url, head);
    await until(() => lines(gateway, "request").length === 1);
    expect(lines(gateway, "request")[0]).toMatchObject({ level: 30, status: 404 });
    expect(gateway.logs.filter((line) => "audit" in line)).toEqual([]);
    expect(String(lines(gateway, "request")[0]?.["path"]).length).toBeLessThanOrEqual(128);
  });

  test("says how long it took", async () => {
    await using gateway = await startWithCampaign();
    await cancelPayload(gateway);
    await until(() => lines(gateway, "request").length === 1);
    expect(lines(gateway, "request")[0]?.["durationMs"]).toBeGreaterThanOrEqual(800);
  });
});

describe("the audit line of a cancel", () => {
  test("says who asked for what, and what became of it", async () => {
    await using gateway = await startWithCampaign();
    await gateway.query(CANCEL, VARIABLES, {
      "x-request-id": "req-1",
      "apollographql-client-name": "backoffice",
      "apollographql-client-version": "1.2.3",
      "user-agent": `agent ${"x".repeat(500)}`,
    });
    expect(lines(gateway, "cancel")).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        msg: "cancel",
        audit: "cancelCampaignSend",
        requestId: "req-1",
        caller: {
          address: "127.0.0.1",
          clientName: "backoffice",
          clientVersion: "1.2.3",
          userAgent: expect.stringMatching(/^agent x{122}$/),
        },
        campaignId: ID,
        action: "CANCEL",
        revision: "2026-07-15",
        outcome: "STOPPED",
        campaignStatus: "Cancelled",
        problem: null,
        klaviyoErrorId: null,
        durationMs: expect.any(Number),
      },
    ]);
    expect(lines(gateway, "cancel")[0]?.["durationMs"]).toBeGreaterThanOrEqual(800);
  });

  test("carries Klaviyo's error id, by which their support finds a refusal", async () => {
    await using gateway = await startWithCampaign({}, [onPatch({ kind: "status", status: 403 })]);
    const { problem } = await cancelPayload(gateway);
    expect(problem.klaviyoErrorId).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines(gateway, "cancel")).toEqual([
      expect.objectContaining({
        outcome: "NOT_STOPPED",
        problem: "FORBIDDEN",
        klaviyoErrorId: problem.klaviyoErrorId,
      }),
    ]);
  });

  test("is written for each of two callers who share one PATCH", async () => {
    await using gateway = await startWithCampaign();
    await Promise.all([cancel(gateway), cancel(gateway)]);
    expect(wire(gateway).filter((request) => request === PATCH)).toHaveLength(1);
    const [one, other] = lines(gateway, "cancel");
    expect(lines(gateway, "cancel")).toHaveLength(2);
    expect(one?.["requestId"]).not.toBe(other?.["requestId"]);
  });

  test("is not written for what never was a cancel", async () => {
    await using gateway = await startWithCampaign();
    await cancel(gateway, { id: "../x" });
    expect(lines(gateway, "cancel")).toEqual([]);
  });
});

describe("a client that hangs up", () => {
  test("while its cancel is with Klaviyo does not stop the cancel, whose outcome is still logged", async () => {
    // Klaviyo's answer is held back until the client is gone.
    let answer = () => {};
    const sleep = () => new Promise<void>((resolve) => (answer = resolve));
    await using gateway = await startWithCampaign({}, [onPatch({ kind: "delay", ms: 1 })], { simulator: { sleep } });
    const socket = postOn(gateway, CANCEL, VARIABLES);
    await until(() => wire(gateway).includes(PATCH));
    socket.destroy();
    await until(() => lines(gateway, "request").length === 1);
    expect(lines(gateway, "request")).toEqual([expect.objectContaining({ requestId: "left", status: "client gone" })]);
    expect(lines(gateway, "cancel")).toEqual([]);
    answer();
    await until(() => lines(gateway, "cancel").length === 1);
    expect(lines(gateway, "cancel")).toEqual([
      expect.objectContaining({ requestId: "left", campaignId: ID, outcome: "STOPPED" }),
    ]);
    expect(gateway.simulator.statusOf(ID)).toBe("Cancelled");
    expect(wire(gateway).filter((request) => request === PATCH)).toHaveLength(1);
  });

  test("while its cancel is being watched does not stop the watching", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startWithCampaign({}, [], { clock });
    const socket = postOn(gateway, CANCEL, VARIABLES);
    await until(() => clock.sleeps.length > 0);
    socket.destroy();
    await until(() => lines(gateway, "request").length === 1);
    await until(() => {
      clock.advance(100);
      return lines(gateway, "cancel").length === 1;
    });
    expect(lines(gateway, "cancel")[0]).toMatchObject({ requestId: "left", outcome: "STOPPED" });
  });

  test("while its read is with Klaviyo takes the read along", async () => {
    let isUpstreamClosed = false;
    let isUpstreamAsked = false;
    const upstream = createServer((request) => {
      isUpstreamAsked = true;
      request.socket.once("close", () => (isUpstreamClosed = true));
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    try {
      const upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
      await using gateway = await startGateway({ upstreamUrl });
      const socket = postOn(gateway, READ_QUERY);
      await until(() => isUpstreamAsked);
      expect(isUpstreamClosed).toBe(false);
      socket.destroy();
      // The clock is held and stands still: no time limit can have closed it.
      await until(() => isUpstreamClosed);
      expect(gateway.clock.pendingCount).toBe(0);
      expect(gateway.logs.filter(({ level }) => Number(level) > 30)).toEqual([]);
    } finally {
      upstream.closeAllConnections();
      await new Promise((resolve) => upstream.close(resolve));
    }
  });

  test("causes no incident, and the next read is served", async () => {
    await using gateway = await startWithCampaign();
    gateway.simulator.addFault({ answer: { kind: "black-hole" } });
    const socket = postOn(gateway, READ_QUERY);
    await until(() => wire(gateway).length === 1);
    socket.destroy();
    await closed(socket);
    await until(() => lines(gateway, "klaviyo").length === 1);
    expect((await gateway.query(READ_QUERY)).body.data).toEqual({ campaign: { status: "SENDING" } });
    expect(lines(gateway, "incident")).toEqual([]);
  });
});

describe("the log", () => {
  test("has one line for each call to Klaviyo, a warning where it failed", async () => {
    await using gateway = await startWithCampaign({}, [{ answer: { kind: "status", status: 503 } }], {
      env: ONE_ATTEMPT,
    });
    await gateway.query(READ_QUERY);
    await gateway.query(READ_QUERY);
    expect(lines(gateway, "klaviyo")).toEqual([
      expect.objectContaining({ level: 40, operation: "get_campaign", status: 503, failure: expect.anything() }),
      expect.objectContaining({ level: 20, operation: "get_campaign", status: 200 }),
    ]);
  });

  test("has neither the key nor the credentials of callers in it, at its most talkative", async () => {
    await using gateway = await startWithCampaign({}, [], { env: { LOG_LEVEL: "trace" } });
    await gateway.query(CANCEL, VARIABLES, { authorization: "Bearer callers-secret", cookie: "sid=callers-secret" });
    expect(gateway.rawLogs.length).toBeGreaterThan(2);
    expect(gateway.rawLogs.join("")).not.toMatch(/pk_test|callers-secret/);
  });

  test("a secret that JSON writes in other characters is struck out as well", () => {
    const written: string[] = [];
    const secret = 'abc"def\\ghi';
    const logger = createLogger("info", new Secrets([secret]), { write: (line) => void written.push(line) });
    logger.info({ err: new Error(`bad header ${secret}`) }, secret);
    expect(written).toHaveLength(1);
    expect(JSON.stringify(JSON.parse(written[0] ?? ""))).not.toMatch(/def|ghi/);
  });

  test("strikes out a secret wherever it turns up, and fields that hold one by their names", () => {
    const written: string[] = [];
    const logger = createLogger("info", new Secrets(["s3cret"]), { write: (line) => void written.push(line) });
    const cause = new Error("inner s3cret");
    logger.info(
      { headers: { authorization: "Bearer other" }, err: new Error("outer s3cret", { cause }) },
      "say s3cret",
    );
    expect(written).toHaveLength(1);
    expect(written[0]).not.toMatch(/s3cret|other/);
    expect(JSON.parse(written[0] ?? "")).toMatchObject({ msg: "say [secret]", headers: { authorization: "[secret]" } });
  });

  test("holds nothing below its level", async () => {
    await using gateway = await startWithCampaign({}, [], { env: { LOG_LEVEL: "error" } });
    await cancelPayload(gateway);
    expect(gateway.rawLogs).toEqual([]);
  });
});
