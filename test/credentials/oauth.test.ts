import { describe, expect, test } from "@jest/globals";
import type { OAuthApp } from "../../src/simulator/rules/access-tokens.js";
import { ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";

const APP = {
  clientId: "client-id-0123456789",
  clientSecret: "client-secret:0123456789",
  refreshToken: "refresh-token-0123456789",
};
const ENV = {
  KLAVIYO_CREDENTIALS: "oauth",
  KLAVIYO_API_KEY: "",
  KLAVIYO_OAUTH_CLIENT_ID: APP.clientId,
  KLAVIYO_OAUTH_CLIENT_SECRET: APP.clientSecret,
  KLAVIYO_OAUTH_REFRESH_TOKEN: APP.refreshToken,
  LOG_LEVEL: "trace",
};
const MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;

const CAMPAIGNS = Array.from({ length: 20 }, (_, n) => ({ id: `C${n}`, status: "Sending" }));
const read = (n: number) => `{ campaign(id: "C${n}") { id } }`;
const CANCEL = `mutation { cancelCampaignSend(id: "C0", revision: "2026-07-15", action: CANCEL) { outcome problem { code } } }`;

/** As Klaviyo's RFC demands: the secret's colon is encoded. */
const ENCODED = { ...APP, clientSecret: encodeURIComponent(APP.clientSecret) };

let mayRefresh = () => true;

function start(env: Readonly<Record<string, string>> = {}, app: Partial<OAuthApp> = {}): Promise<TestGateway> {
  const oauthApp = { ...ENCODED, ...app };
  const simulator = { campaigns: CAMPAIGNS, oauthApp, sleep: () => until(mayRefresh) };
  return startGateway({ env: { ...ENV, ...env }, simulator });
}

/** The next refresh is answered when that is so. */
function holdRefresh({ simulator }: TestGateway, isSo: () => boolean): void {
  mayRefresh = isSo;
  simulator.addFault({ match: { path: "/oauth/token" }, answer: { kind: "delay", ms: 1 } });
}

/** With its first token, which it gets without having been asked for anything. */
async function startReady(env?: Readonly<Record<string, string>>, app?: Partial<OAuthApp>): Promise<TestGateway> {
  const gateway = await start(env, app);
  await until(() => renewals(gateway) === 1);
  gateway.clock.advance(MINUTE_MS);
  return gateway;
}

const said = ({ logs }: TestGateway, msg: string) => logs.filter((line) => line["msg"] === msg).length;
const renewals = (gateway: TestGateway) => said(gateway, "access token renewed");
const refreshes = ({ simulator }: TestGateway) => simulator.requests.filter(({ path }) => path === "/oauth/token");
const calls = ({ simulator }: TestGateway) => simulator.requests.filter(({ path }) => path.startsWith("/api/"));
const tokensSent = (gateway: TestGateway) => new Set(calls(gateway).map(({ headers }) => headers["authorization"]));

const refused = ({ logs }: TestGateway) => logs.filter(({ msg, status }) => msg === "klaviyo" && status === 401).length;

async function codeOf(gateway: TestGateway, query = read(0)): Promise<string> {
  const { body } = await gateway.query(query);
  return body.errors?.[0]?.extensions.code ?? "served";
}

describe("an access token", () => {
  test("is had with the refresh token before anybody asks, and serves until its end is near", async () => {
    await using gateway = await startReady();
    for (let n = 0; n < 3; n++) expect(await codeOf(gateway, read(n))).toBe("served");
    expect(refreshes(gateway)).toHaveLength(1);
    expect(tokensSent(gateway).size).toBe(1);
    expect([...tokensSent(gateway)][0]).toMatch(/^Bearer \S+$/);
  });

  test("is renewed ahead of its end, also while nobody asks for anything", async () => {
    await using gateway = await startReady();
    await codeOf(gateway);
    // It holds for an hour, and a minute of that has passed.
    gateway.clock.advance(57 * MINUTE_MS);
    await until(() => renewals(gateway) === 2);
    gateway.clock.advance(58 * MINUTE_MS);
    await until(() => renewals(gateway) === 3);
    expect(await codeOf(gateway)).toBe("served");
    expect(refreshes(gateway)).toHaveLength(3);
    expect(tokensSent(gateway).size).toBe(2);
  });

  test("that is said to hold for years is renewed once a day", async () => {
    await using gateway = await startReady();
    const body = JSON.stringify({ access_token: "for-ten-years", expires_in: 315_360_000 });
    gateway.simulator.addFault({ match: { path: "/oauth/token" }, answer: { kind: "status", status: 200, body } });
    gateway.clock.advance(57 * MINUTE_MS);
    await until(() => renewals(gateway) === 2);
    gateway.clock.advance(A_DAY_MS - 1);
    expect(refreshes(gateway)).toHaveLength(2);
    gateway.clock.advance(1);
    await until(() => renewals(gateway) === 3);
  });

  test("that is refused is replaced once for 20 calls at the same time, and each is repeated once", async () => {
    await using gateway = await startReady();
    gateway.simulator.revokeTokens();
    // The new one comes when all have been refused.
    holdRefresh(gateway, () => refused(gateway) === 20);
    const codes = await Promise.all(CAMPAIGNS.map((_, n) => codeOf(gateway, read(n))));
    expect(codes).toEqual(CAMPAIGNS.map(() => "served"));
    expect(refreshes(gateway)).toHaveLength(2);
    expect(calls(gateway)).toHaveLength(40);
    expect(tokensSent(gateway).size).toBe(2);
  });

  test("that is missing is waited for by 20 calls at the same time, which share one refresh", async () => {
    await using gateway = await start();
    const codes = await Promise.all(CAMPAIGNS.map((_, n) => codeOf(gateway, read(n))));
    expect(codes).toEqual(CAMPAIGNS.map(() => "served"));
    expect(refreshes(gateway)).toHaveLength(1);
    expect(calls(gateway)).toHaveLength(20);
  });

  test("that is missing is waited for as long as anybody has time who waits for the same", async () => {
    await using gateway = await startReady(ONE_ATTEMPT);
    gateway.simulator.revokeTokens();
    let isHeld = true;
    holdRefresh(gateway, () => !isHeld);
    const hurried = gateway.query(read(0), {}, { "x-request-timeout-ms": "500" });
    await until(() => refreshes(gateway).length === 2);
    const other = gateway.query(read(0), {}, { "x-cache-status": "1" });
    // What has nothing to wait for has been asked meanwhile, so that the other one has been on its way long enough.
    for (let n = 0; n < 3; n++) await gateway.query("{ __typename }");
    gateway.clock.advance(500);
    expect((await hurried).body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_TIMEOUT" } }]);
    isHeld = false;
    const { body } = await other;
    expect([body.data.campaign, body.extensions.cache.shared]).toEqual([{ id: "C0" }, 1]);
  });

  test("that is refused for a cancel is replaced, and the cancel goes out again: a 401 was not carried out", async () => {
    await using gateway = await startReady();
    gateway.simulator.revokeTokens();
    const cancelling = gateway.query(CANCEL);
    await until(() => gateway.simulator.traffic.writes.filter(({ carriedOut }) => carriedOut === 204).length === 1);
    const passing = setInterval(() => gateway.clock.advance(500), 1);
    const { body } = await cancelling;
    clearInterval(passing);
    expect(body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    const patches = gateway.simulator.traffic.writes.filter(({ method }) => method === "PATCH");
    expect(patches.map(({ answered }) => answered)).toEqual([401, 204]);
    expect(refreshes(gateway)).toHaveLength(2);
  });

  test("that is refused as soon as it is new is not replaced again and again", async () => {
    await using gateway = await startReady(ONE_ATTEMPT);
    gateway.simulator.addFault({ match: { path: "/api/*" }, times: "always", answer: { kind: "status", status: 401 } });
    for (let n = 0; n < 5; n++) expect(await codeOf(gateway)).toBe("UPSTREAM_UNAUTHORIZED");
    expect(refreshes(gateway)).toHaveLength(2);
    expect(calls(gateway)).toHaveLength(6);
  });
});

describe("a refresh", () => {
  test("that is refused is told as a refused credential, and nothing is asked of Klaviyo without one", async () => {
    await using gateway = await start({}, { refreshToken: "another" });
    await until(() => said(gateway, "access token cannot be renewed") === 1);
    expect(await codeOf(gateway)).toBe("UPSTREAM_UNAUTHORIZED");
    const { body } = await gateway.query(CANCEL);
    expect(body.data.cancelCampaignSend).toMatchObject({
      outcome: "NOT_STOPPED",
      problem: { code: "UPSTREAM_UNAUTHORIZED" },
    });
    expect(calls(gateway)).toEqual([]);
    // It was not asked for again at once.
    expect(refreshes(gateway)).toHaveLength(1);
  });

  test.each<readonly [string, object]>([
    ["no answer", { kind: "black-hole" }],
    ["a broken connection", { kind: "reset" }],
    ["a server error", { kind: "status", status: 503 }],
    ["too many refreshes", { kind: "status", status: 429 }],
    ["HTML", { kind: "html", status: 200 }],
    ["half an answer", { kind: "truncated" }],
    ["a redirect", { kind: "redirect", location: "https://elsewhere.example.com/" }],
  ])("that ends with %s is told as an outage, hangs nobody, and is tried again", async (_what, answer) => {
    await using gateway = await start(ONE_ATTEMPT);
    gateway.simulator.revokeTokens();
    await until(() => renewals(gateway) === 1);
    gateway.clock.advance(30 * MINUTE_MS);
    gateway.simulator.addFault({ match: { path: "/oauth/token" }, applied: true, answer: answer as never });
    gateway.simulator.revokeTokens();
    const asking = codeOf(gateway);
    await until(() => refreshes(gateway).length === 2);
    gateway.clock.advance(4_000);
    expect(await asking).toBe("UPSTREAM_UNAVAILABLE");
    await until(() => said(gateway, "access token cannot be renewed") === 1);
    gateway.clock.advance(1_000);
    await until(() => renewals(gateway) === 2);
    expect(await codeOf(gateway)).toBe("served");
  });

  test("that gives another refresh token is followed by one with that, and says so in the log", async () => {
    await using gateway = await startReady({}, { rotates: true });
    gateway.clock.advance(57 * MINUTE_MS);
    await until(() => renewals(gateway) === 2);
    expect(await codeOf(gateway)).toBe("served");
    const given = refreshes(gateway).map(({ body }) => new URLSearchParams(body).get("refresh_token"));
    expect(given[0]).toBe(APP.refreshToken);
    expect(given[1]).not.toBe(APP.refreshToken);
    expect(
      said(gateway, "Klaviyo has replaced the refresh token: the configured one may not do at the next start"),
    ).toBe(2);
  });
});

test("no secret and no token of an app is in the log, wherever it turns up", async () => {
  await using gateway = await startReady({}, { rotates: true });
  await codeOf(gateway);
  const [refresh] = refreshes(gateway);
  const secrets = [
    APP.clientSecret,
    APP.refreshToken,
    refresh?.headers["authorization"]?.replace("Basic ", ""),
    [...tokensSent(gateway)][0]?.replace("Bearer ", ""),
  ];
  for (const secret of secrets) {
    expect(secret).toMatch(/.{16}/);
    await fetch(`${gateway.url}/${secret}`);
  }
  await until(() => gateway.logs.filter(({ path }) => path === "/[secret]").length === secrets.length);
  for (const secret of secrets) expect(gateway.rawLogs.join("")).not.toContain(secret);
});
