import { readFileSync } from "node:fs";
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import { type Gauges, Metrics } from "../../src/server/metrics.js";
import { tablesIn } from "../house/markdown.js";
import { API_KEY, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { pass } from "../support/pass.js";
import { until } from "../support/until.js";

const CAMPAIGNS = [{ id: "SENDING", status: "Sending", cancelDelayMs: 100 }];

const NO_GAUGES: Gauges = {
  requestsRunning: () => 0,
  writesRunning: () => 0,
  loopDelayMs: () => 0,
  callsWaiting: () => [],
  redisState: () => undefined,
  auditState: () => undefined,
};

async function scrape({ logs }: TestGateway): Promise<string> {
  const url = logs.find(({ msg }) => msg === "metrics")?.["url"];
  const response = await fetch(String(url));
  expect(response.headers.get("content-type")).toContain("text/plain");
  return response.text();
}

describe("metrics", () => {
  test("count what was asked, of whom, and what became of it", async () => {
    await using gateway = await startGateway({ env: { METRICS_PORT: "0" }, simulator: { campaigns: CAMPAIGNS } });
    await gateway.query(`{ campaign(id: "SENDING") { id } }`);
    await gateway.query(
      `mutation { cancelCampaignSend(id: "SENDING", revision: "2026-07-15", action: CANCEL) { outcome } }`,
    );
    await gateway.query(`mutation { deleteCampaign(id: "NONE") { outcome } }`);
    await fetch(`${gateway.url}/readyz`);
    const text = await scrape(gateway);
    for (const line of [
      `gateway_requests_total{route="/graphql",status="200"} 3`,
      `gateway_requests_total{route="/readyz",status="200"} 1`,
      `gateway_klaviyo_attempts_total{operation="cancel_campaign_send",outcome="ok"} 1`,
      `gateway_klaviyo_attempts_total{operation="delete_campaign",outcome="refused"} 1`,
      `gateway_cancels_total{outcome="STOPPED",problem="none"} 1`,
      `gateway_writes_total{write="deleteCampaign",outcome="REFUSED"} 1`,
      `gateway_requests_running 0`,
      `gateway_writes_running 0`,
    ])
      expect(text).toContain(`${line}\n`);
  });

  test("count a cancel that is under way once for each who asked for it", async () => {
    const clock = new HeldClock(false);
    const simulator = { campaigns: CAMPAIGNS };
    await using gateway = await startGateway({ clock, env: { METRICS_PORT: "0" }, simulator });
    gateway.simulator.addFault({ match: { method: "PATCH" }, answer: { kind: "black-hole" } });
    const press = () =>
      gateway.query(
        `mutation { cancelCampaignSend(id: "SENDING", revision: "2026-07-15", action: CANCEL) { outcome } }`,
      );
    const pressed = [press()];
    await until(() => gateway.simulator.requests.length === 1);
    expect(await scrape(gateway)).toContain(`gateway_writes_running 1\n`);
    const timers = clock.pendingCount;
    pressed.push(press());
    await until(() => clock.pendingCount > timers);
    expect(await scrape(gateway)).toContain(`gateway_writes_running 2\n`);
    await pass(gateway, Promise.all(pressed));
    expect(await scrape(gateway)).toContain(`gateway_writes_running 0\n`);
  });

  test("never hold the key, an id or a client's text", async () => {
    await using gateway = await startGateway({ env: { METRICS_PORT: "0" }, simulator: { campaigns: CAMPAIGNS } });
    await gateway.query(`{ campaign(id: "SENDING") { id } }`, {}, { "apollographql-client-name": "planted" });
    await fetch(`${gateway.url}/planted`);
    const text = await scrape(gateway);
    for (const secret of [API_KEY, "SENDING", "planted"]) expect(text).not.toContain(secret);
  });

  test("count what is refused under load, and calls that wait for a limit", async () => {
    const clock = new HeldClock(false);
    const env = { METRICS_PORT: "0", KLAVIYO_LIMITS: "get_campaign=1/10" };
    let delayMs = 0;
    const simulator = { campaigns: CAMPAIGNS };
    await using gateway = await startGateway({ clock, env, simulator, loopDelayMs: () => delayMs });
    await gateway.query(`{ campaign(id: "A") { id } }`);
    const waiting = gateway.query(`{ campaign(id: "B") { id } }`);
    let text = "";
    const isWaiting = () => text.includes(`gateway_klaviyo_calls_waiting{operation="get_campaign"} 1\n`);
    for (let tries = 0; tries < 100 && !isWaiting(); tries++) text = await scrape(gateway);
    expect(isWaiting()).toBe(true);
    clock.advance(1_000);
    await waiting;
    delayMs = 10_000;
    await gateway.query(`{ campaign(id: "C") { id } }`);
    expect(await scrape(gateway)).toContain(`gateway_requests_shed_total{kind="other"} 1\n`);
  });

  test("are all in docs/metrics.md, with their types and labels", async () => {
    const metrics = new Metrics();
    metrics.observe(NO_GAUGES);
    metrics.close();
    const own = (await metrics.registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith("gateway_"));
    const documented = tablesIn(readFileSync("docs/metrics.md", "utf8"))[0]?.rows.map(([name, type, , help]) => [
      name,
      type,
      help,
    ]);
    expect(documented?.toSorted()).toEqual(own.map(({ name, type, help }) => [`\`${name}\``, type, help]).toSorted());
  });

  test("of a collector that fails are a 500 and a line in the log, and the next who asks is answered", async () => {
    let isFailing = false;
    await using gateway = await startGateway({
      env: { METRICS_PORT: "0" },
      loopDelayMs: () => {
        if (isFailing) throw new Error("planted");
        return 0;
      },
    });
    const url = String(gateway.logs.find(({ msg }) => msg === "metrics")?.["url"]);
    isFailing = true;
    expect((await fetch(url)).status).toBe(500);
    expect(gateway.logs.filter(({ msg }) => msg === "metrics cannot be collected")).toHaveLength(1);
    isFailing = false;
    expect(await scrape(gateway)).toContain("gateway_event_loop_delay_seconds 0\n");
  });

  test("watch the process until they are closed, and hold nothing then", async () => {
    const metrics = new Metrics();
    metrics.observe(NO_GAUGES);
    // Garbage is reported a moment later; what is late is late for both.
    collectGarbage();
    while ((await collections(metrics)) === 0) await setImmediate();
    using other = new GarbageCount();
    metrics.close();
    const counted = await collections(metrics);
    await metrics.registry.metrics();
    collectGarbage();
    // By the time that others have twice seen the loop's delay, it would have been seen here.
    const delays = monitorEventLoopDelay({ resolution: 10 });
    delays.enable();
    await until(() => other.count > 0 && delays.count > 1);
    delays.disable();
    expect(await collections(metrics)).toBe(counted);
    // The scrape above has begun a new span of time, of which nothing was recorded.
    expect(await metrics.registry.metrics()).toContain("nodejs_eventloop_lag_max_seconds 0\n");
  });

  test("there are none unless they are wanted", async () => {
    await using gateway = await startGateway();
    expect(gateway.logs.some(({ msg }) => msg === "metrics")).toBe(false);
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
  });
});

/** How often the process has collected garbage, as the metrics have it. */
async function collections(metrics: Metrics): Promise<number> {
  const text = await metrics.registry.getSingleMetricAsString("nodejs_gc_duration_seconds");
  return [...text.matchAll(/_count\S* (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/** Tells when Node has reported a collection to everybody who watches. */
class GarbageCount implements Disposable {
  count = 0;
  private readonly observer = new PerformanceObserver((list) => void (this.count += list.getEntries().length));

  constructor() {
    this.observer.observe({ entryTypes: ["gc"] });
  }

  [Symbol.dispose](): void {
    this.observer.disconnect();
  }
}
