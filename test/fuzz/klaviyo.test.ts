import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { EXAMPLE_CAMPAIGNS, OPERATION_FILES, readOperation, VARIABLES } from "../suites/operation-examples.js";
import { API_KEY, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { heldResources } from "../support/leftovers.js";
import { undocumentedIn } from "../support/undocumented.js";
import { until } from "../support/until.js";
import { ALTERATIONS, PLANTED, relay } from "./alterations.js";
import { type AlteredUpstream, startAlteredUpstream } from "./altered-upstream.js";
import { fuzz, FUZZ_TIMEOUT_MS } from "./fuzz.js";
import { liveHeapBytes } from "./heap.js";
import { letTimePass, passToNextLimit, timersLeft } from "./let-time-pass.js";

/** The breaker would end all calls after a while, and the cache would spare them. */
const ENV = { NODE_ENV: "production", LOG_LEVEL: "error", KLAVIYO_BREAKER: "off" };
/** CANCEL_DEADLINE_MS and WRITE_DEADLINE_MS, and the grid of 100 ms on which a look falls due. */
const DEADLINE_MS = 15_100;
/** Nothing that is kept is given any more, nor fetched anew in the background once a caller has been answered; and budgets have filled up again. */
const LONG_AFTER_MS = 31 * 60_000;
const HEAP_BYTES = 64e6;
const HEAP_BYTES_A_RUN = 8_000;
const MOST_CONNECTIONS = 64;

describe("whatever Klaviyo answers", () => {
  const heldBefore = heldResources();
  const clock = new HeldClock();
  let gateway: TestGateway;
  let upstream: AlteredUpstream;
  let heapBefore = 0;
  let runs = 0;
  beforeAll(async () => {
    upstream = await startAlteredUpstream(() => gateway.simulatorUrl);
    gateway = await startGateway({
      clock,
      env: ENV,
      upstreamUrl: upstream.url,
      simulator: { campaigns: EXAMPLE_CAMPAIGNS },
    });
    await gateway.query("{ __typename }");
    heapBefore = liveHeapBytes();
  });
  afterAll(async () => {
    await gateway.close();
    await upstream[Symbol.asyncDispose]();
  });

  test.each(Object.entries(ALTERATIONS))(
    "is told in the words of docs/errors.md, in time: %s",
    async (_what, alteration) => {
      runs += await fuzz(async (draw) => {
        clock.advance(LONG_AFTER_MS);
        for (const campaign of EXAMPLE_CAMPAIGNS) gateway.simulator.addCampaign(campaign);
        const file = draw.pick(OPERATION_FILES);
        const onSilence = () => setImmediate(() => passToNextLimit(clock));
        upstream.alterNext(
          Array.from({ length: 1 + draw.below(5) }, () => (draw.oneIn(4) ? relay : alteration(draw, onSilence))),
        );
        const beforeMs = clock.now();
        const { status, body } = await letTimePass(clock, gateway.query(readOperation(file), VARIABLES[file]));
        expect({ status, faults: undocumentedIn(body) }).toEqual({ status: 200, faults: [] });
        expect(JSON.stringify(body.errors ?? [])).not.toContain(PLANTED);
        expect(JSON.stringify(body)).not.toContain(API_KEY);
        expect(clock.now() - beforeMs).toBeLessThanOrEqual(DEADLINE_MS);
        expect(await timersLeft(clock)).toBe(0);
        expect(gateway.logs).toEqual([]);
        expect(upstream.openCount).toBeLessThan(MOST_CONNECTIONS);
      });
    },
    FUZZ_TIMEOUT_MS,
  );

  test("leaves nothing behind", async () => {
    upstream.alterNext([]);
    await letTimePass(
      clock,
      until(() => clock.pendingCount === 0),
    );
    expect(liveHeapBytes() - heapBefore).toBeLessThan(HEAP_BYTES + runs * HEAP_BYTES_A_RUN);
    gateway.simulator.addCampaign({ id: "DRAFT", status: "Draft" });
    const { body } = await gateway.query('{ campaign(id: "DRAFT") { id } }');
    expect(body).toEqual({ data: { campaign: { id: "DRAFT" } } });
    await gateway.close();
    await upstream[Symbol.asyncDispose]();
    await until(() => heldResources() <= heldBefore);
  });
});
