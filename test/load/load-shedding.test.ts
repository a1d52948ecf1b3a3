import { hash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { BodyRoom } from "../../src/server/load/body-room.js";
import { CancelDetector } from "../../src/server/load/cancel-detector.js";
import { post, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";
import { closed, openSocket, readAnswer } from "../server/raw-http.js";

const CAMPAIGNS = [{ id: "SENDING", status: "Sending", cancelDelayMs: 100 }];
const READ = `{ campaign(id: "SENDING") { id } }`;
const CANCEL = `mutation Stop { cancelCampaignSend(id: "SENDING", revision: "2026-07-15", action: CANCEL) { outcome } }`;
const CANCEL_FIELD = `cancelCampaignSend(id: "SENDING", revision: "2026-07-15", action: CANCEL) { outcome }`;
const ENV = { MAX_REQUESTS: "2" };

function persisted(query: string): object {
  return { extensions: { persistedQuery: { version: 1, sha256Hash: hash("sha256", query) } } };
}

/** Fills the gateway with reads that Klaviyo does not answer. @returns their answers, when time has passed */
async function fill(gateway: TestGateway, count: number): Promise<Promise<unknown>[]> {
  const answer = { kind: "black-hole" } as const;
  gateway.simulator.addFault({ match: { method: "GET" }, times: count, answer });
  const answers = Array.from({ length: count }, (_, n) => gateway.query(`{ campaign(id: "SLOW${n}") { id } }`));
  await until(() => gateway.simulator.requests.length === count);
  return answers;
}

/** Lets time pass, 50 ms a time and not more than the reads that fill the gateway have, until it is answered. */
async function passing<T>(clock: HeldClock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const watched = work.finally(() => (isOver = true));
  await until(() => {
    if (clock.now() < 3_000 && clock.sleeps.length > 0) clock.advance(50);
    return isOver;
  });
  return watched;
}

describe("a gateway that is full", () => {
  test("refuses reads with 503 and when to come back, lets a cancel in, and is open again afterwards", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, env: ENV, simulator: { campaigns: CAMPAIGNS } });
    const slow = await fill(gateway, 2);
    const { status, headers, body } = await gateway.query(READ);
    expect({ status, retryAfter: headers.get("retry-after") }).toEqual({ status: 503, retryAfter: "1" });
    expect(headers.get("content-type")).toContain("application/json");
    expect(body.errors[0].extensions).toEqual({ code: "OVERLOADED", retryAfterMs: 1_000 });

    const cancel = gateway.query(CANCEL);
    expect((await passing(clock, cancel)).body.data.cancelCampaignSend.outcome).toBe("STOPPED");

    clock.advance(10_000);
    await Promise.all(slow);
    expect((await gateway.query(READ)).status).toBe(200);
    const shed = gateway.logs.filter(({ msg }) => msg === "overloaded: requests are refused");
    expect(shed).toHaveLength(1);
  });

  test("tells pages, GraphQL clients and load balancers in their own ways, and stays in service", async () => {
    const clock = new HeldClock(false);
    const origin = "https://app.example.com";
    await using gateway = await startGateway({ clock, env: { ...ENV, CORS_ORIGINS: origin } });
    const ready = async () => fetch(`${gateway.url}/readyz`).then(async (r) => [r.status, await r.json()]);
    const slow = await fill(gateway, 2);
    const { status, headers } = await gateway.query(READ, {}, { origin, accept: "application/graphql-response+json" });
    expect([status, headers.get("content-type")]).toEqual([503, "application/graphql-response+json; charset=utf-8"]);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-expose-headers")).toContain("retry-after");
    expect(await ready()).toEqual([200, { status: "overloaded" }]);
    clock.advance(10_000);
    await Promise.all(slow);
    expect(await ready()).toEqual([200, { status: "ok" }]);
  });

  test("does not take everything for a cancel that has the word in it", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, env: ENV, simulator: { campaigns: CAMPAIGNS } });
    const slow = await fill(gateway, 2);
    const disguises: readonly object[] = [
      { query: `${READ} # cancelCampaignSend` },
      { query: `{ cancelCampaignSend: campaign(id: "SENDING") { id } }` },
      { query: `query Read ${READ} ${CANCEL}`, operationName: "Read" },
      { query: `query Read ${READ} ${CANCEL}` },
      { query: `mutation { cancelCampaignSend: deleteCampaign(id: "cancelCampaignSend") { outcome } }` },
      { query: `fragment A on Mutation { ...A } mutation { ...A } # cancelCampaignSend` },
      { query: `mutation { ${"a ".repeat(2_000)} cancelCampaignSend }` },
      { query: `mutation { cancelCampaignSend(` },
      { query: `mutation { ... @skip(if: true) { ${CANCEL_FIELD} } }` },
      { query: `{ cancelCampaignSend { outcome } }` },
      { query: `mutation { deleteCampaign(id: "A") { cancelCampaignSend } }` },
      { query: READ, ...persisted(CANCEL) },
    ];
    for (const disguise of disguises) expect((await post(gateway.url, disguise)).status).toBe(503);
    clock.advance(10_000);
    await Promise.all(slow);
  });

  test("knows a cancel by its hash alone that was sent in quieter times, and a read is none for being sent with it", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, env: ENV, simulator: { campaigns: CAMPAIGNS } });
    await passing(clock, post(gateway.url, { query: CANCEL, ...persisted(CANCEL) }));
    await post(gateway.url, { query: READ, ...persisted(READ) });
    await post(gateway.url, { query: CANCEL, ...persisted(READ) });
    gateway.simulator.clearRequests();
    const slow = await fill(gateway, 2);
    expect((await post(gateway.url, persisted(READ))).status).toBe(503);
    const cancel = await passing(clock, post(gateway.url, persisted(CANCEL)));
    expect(cancel.body.data.cancelCampaignSend.outcome).toBe("ALREADY_STOPPED");
    clock.advance(10_000);
    await Promise.all(slow);
  });

  test("has an end for cancels as well", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startGateway({ clock, env: ENV, simulator: { campaigns: CAMPAIGNS } });
    const answer = { kind: "black-hole" } as const;
    gateway.simulator.addFault({ match: { method: "PATCH" }, times: "always", answer });
    const cancels = Array.from({ length: 4 }, (_, n) => gateway.query(CANCEL.replace("SENDING", `SENDING${n}`)));
    await until(() => gateway.simulator.requests.length === 4);
    expect((await gateway.query(CANCEL)).body.errors[0].extensions.code).toBe("OVERLOADED");
    gateway.simulator.clearFaults();
    for (let n = 0; n < 40; n++) {
      clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(cancels);
  });
});

describe("bodies that are still arriving", () => {
  const BODY_BYTES = 10_000_000;
  const HEAD = [
    "POST /graphql HTTP/1.1",
    "Host: x",
    "Content-Type: application/json",
    `Content-Length: ${BODY_BYTES + 1}`,
  ].join("\r\n");

  test("find room for 64 MiB together; beyond that large ones are refused, and a cancel is not", async () => {
    const env = { HTTP_BODY_LIMIT_BYTES: "10485760" };
    await using gateway = await startGateway({ env, simulator: { campaigns: CAMPAIGNS } });
    const sockets = Array.from({ length: 7 }, () => openSocket(gateway.url));
    const answers = sockets.map((socket) => readAnswer(socket));
    for (const answer of answers) answer.catch(() => {});
    for (const socket of sockets) socket.write(`${HEAD}\r\n\r\n${" ".repeat(BODY_BYTES)}`);
    // Each lacks its last byte, and the seventh finds no room: it is answered in the middle.
    const refused = await Promise.race(answers);
    expect([refused.status, refused.headers["retry-after"], refused.headers["connection"]]).toEqual([
      503,
      "1",
      "close",
    ]);
    expect((await gateway.query(CANCEL)).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    for (const socket of sockets) socket.destroy();
    await Promise.all(sockets.map(closed));
  });

  test("count for what their pieces take besides their bytes, so that small pieces cannot fill the memory", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: CAMPAIGNS } });
    const socket = openSocket(gateway.url);
    const answer = readAnswer(socket);
    const head =
      "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    // A tenth of a megabyte, well within the limit of a body, and not its end.
    socket.write(head + "1\r\n \r\n".repeat(100_000));
    expect((await answer).status).toBe(503);
    expect((await gateway.query(CANCEL)).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    socket.destroy();
    await closed(socket);
  });

  test("give their room back when they have arrived, and when their client leaves", () => {
    let fullCount = 0;
    const room = new BodyRoom(20_000, () => fullCount++);
    const [one, other] = [room.open(), room.open()];
    expect([one.take(30_000), other.take(16_384), other.take(30_000)]).toEqual([true, true, false]);
    one.close();
    one.close();
    expect([other.take(30_000), room.open().take(16_384), room.open().take(30_000), fullCount]).toEqual([
      true,
      true,
      false,
      2,
    ]);
  });
});

test("a late event loop refuses reads and no cancels", async () => {
  let delayMs = 201;
  await using gateway = await startGateway({ loopDelayMs: () => delayMs, simulator: { campaigns: CAMPAIGNS } });
  expect((await gateway.query(READ)).status).toBe(503);
  expect((await gateway.query(CANCEL)).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
  delayMs = 200;
  expect((await gateway.query(READ)).status).toBe(200);
});

describe("a cancel is recognized", () => {
  const known = new Map([[hash("sha256", CANCEL), CANCEL]]);
  const detector = new CancelDetector((sha256) => known.get(sha256));
  const fragments = `mutation Stop { ...A } fragment A on Mutation { ... on Mutation { b: cancelCampaignSend(id: "X") { outcome } } }`;

  test.each<[string, object]>([
    ["alone", { query: CANCEL }],
    ["by its name among others", { query: `query Read ${READ} ${CANCEL}`, operationName: "Stop" }],
    ["through fragments and aliases", { query: fragments }],
  ])("%s", (_, body) => {
    expect(detector.isCancel(body)).toBe(true);
  });

  test("by its hash, where that is known", () => {
    expect(detector.isCancel(persisted(CANCEL))).toBe(true);
    expect(detector.isCancel({ ...persisted(CANCEL), operationName: "Other" })).toBe(false);
    expect(new CancelDetector(() => undefined).isCancel(persisted(CANCEL))).toBe(false);
  });

  const conditional = `mutation Stop($on: Boolean = true) { ${CANCEL_FIELD.replace("{", "@include(if: $on) {")} }`;

  test.each<[string, object, boolean]>([
    ["by default", {}, true],
    ["by its caller", { on: true }, true],
    ["not", { on: false }, false],
  ])("by whether it is going to be executed: included %s", (_, variables, expected) => {
    expect(detector.isCancel({ query: conditional, variables })).toBe(expected);
  });

  test.each([[undefined], [null], [[]], ["text"], [{}], [{ query: 1 }]])("and %j is none", (body) => {
    expect(detector.isCancel(body)).toBe(false);
  });
});
