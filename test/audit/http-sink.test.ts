import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { verifyAuditLog } from "../../src/audit/verify-audit-log.js";
import { loadConfig } from "../../src/config/config.js";
import { cancel, ID } from "../support/cancel.js";
import { API_KEY, startGateway, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly lines: string;
}

const TOKEN = "collectors-token-0123456789";
let collector: Server;
let address: string;
let deliveries: Delivery[];
let status: number;
beforeEach(async () => {
  deliveries = [];
  status = 204;
  collector = createServer((request, response) => {
    void text(request).then((lines) => {
      deliveries.push({ headers: request.headers, lines });
      response.writeHead(status).end(status === 204 ? undefined : "a planted answer");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/audit`;
});
afterEach(() => new Promise((resolve) => (collector.closeAllConnections(), collector.close(resolve))));

function start(): Promise<TestGateway> {
  return startGateway({
    env: { AUDIT_LOG: address, AUDIT_LOG_TOKEN: TOKEN, METRICS_PORT: "0" },
    simulator: { campaigns: [ID, "B", "C"].map((id) => ({ id, status: "Sending" })) },
  });
}

const press = async (gateway: TestGateway, id: string) =>
  expect((await cancel(gateway, { id })).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
const health = async ({ url }: TestGateway) => (await fetch(`${url}/readyz`)).json();

test("each write reaches the collector once, as a line of a chain that can be verified", async () => {
  await using gateway = await start();
  await press(gateway, ID);
  await press(gateway, "B");
  await until(() => deliveries.length === 2);
  const all = deliveries.map(({ lines }) => lines).join("");
  expect(verifyAuditLog(all)).toMatchObject({ faults: [], lines: 2 });
  expect(deliveries.map(({ headers }) => headers)).toEqual(
    [1, 2].map(() =>
      expect.objectContaining({
        "content-type": "application/x-ndjson",
        authorization: `Bearer ${TOKEN}`,
        "x-audit-chain": deliveries[0]?.headers["x-audit-chain"],
      }),
    ),
  );
  expect(await health(gateway)).toEqual({ status: "ok", audit: "up" });
});

test("a collector that fails holds nobody up: what it has not taken waits, is told, and comes again in order", async () => {
  status = 503;
  await using gateway = await start();
  for (const id of [ID, "B", "C"]) await press(gateway, id);
  await until(() => gateway.rawLogs.some((line) => line.includes("audit log cannot be written")));
  expect(await health(gateway)).toEqual({ status: "ok", audit: "degraded" });
  const url = gateway.logs.find(({ msg }) => msg === "metrics")?.["url"];
  expect(await (await fetch(String(url))).text()).toContain("gateway_audit_records_waiting 3\n");
  const refused = deliveries.splice(0);
  status = 204;
  await until(() => (gateway.clock.advance(1_000), deliveries.length > 0));
  await until(() => gateway.rawLogs.some((line) => line.includes("audit log is written again")));
  expect(await health(gateway)).toEqual({ status: "ok", audit: "up" });
  const taken = deliveries.map(({ lines }) => lines).join("");
  expect(verifyAuditLog(taken)).toMatchObject({ faults: [], lines: 3 });
  for (const { lines } of refused) expect(taken.startsWith(lines)).toBe(true);
  const log = gateway.rawLogs.join("");
  for (const secret of [TOKEN, API_KEY, "a planted answer"]) expect(log).not.toContain(secret);
});

test.each([
  ["AUDIT_LOG", { AUDIT_LOG: "https://user:planted@collector.example/" }],
  ["AUDIT_LOG", { AUDIT_LOG: "http://collector.example/", AUDIT_LOG_TOKEN: TOKEN }],
  ["AUDIT_LOG_TOKEN", { AUDIT_LOG: "audit.log", AUDIT_LOG_TOKEN: TOKEN }],
])("%s that makes no sense ends the start, and is not shown", (name, env) => {
  const load = () => loadConfig({ NODE_ENV: "development", KLAVIYO_API_KEY: API_KEY, ...env });
  expect(load).toThrow(name);
  expect(load).not.toThrow(/planted|collectors-token/);
});
