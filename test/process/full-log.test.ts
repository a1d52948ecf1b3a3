import { open } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { createSimulator } from "../../src/simulator/simulator.js";
import { CANCEL, ID } from "../support/cancel.js";
import { describeWhere } from "../support/describe-where.js";
import { freePort } from "../support/free-port.js";
import { post } from "../support/gateway.js";
import { buildForAll, environment, type ServerProcess, startServer } from "./server-process.js";

const built = buildForAll();

/** Longer than any of it takes. */
const LIMIT_MS = 15_000;

/** Asks until somebody listens. */
async function answerOf(url: string, { child }: ServerProcess): Promise<string> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  for (;;) {
    const text = await fetch(url, { signal }).then((response) => response.text(), String);
    if (signal.aborted || child.exitCode !== null || !text.includes("fetch failed")) return text;
  }
}

describeWhere(process.platform === "linux", "There is no /dev/full here.", "a log on a full disk", () => {
  test.each(["", "stdout"])("costs neither the button nor an end at SIGTERM, with AUDIT_LOG=%s", async (auditLog) => {
    await using simulator = await startSimulator();
    await using full = await open("/dev/full", "w");
    const [port, metricsPort] = [await freePort(), await freePort()];
    const rest = { PORT: String(port), METRICS_PORT: String(metricsPort), AUDIT_LOG: auditLog };
    await using server = startServer(built, "main.js", environment(simulator.url, rest), full.fd);
    const url = `http://127.0.0.1:${port}`;
    expect(await answerOf(`${url}/livez`, server)).toContain(`"ok"`);
    const { body } = await post(url, {
      query: CANCEL,
      variables: { id: ID, revision: "2026-07-15", action: "CANCEL" },
    });
    expect(body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    expect(await answerOf(`http://127.0.0.1:${metricsPort}/metrics`, server)).toMatch(
      /^gateway_log_write_failures_total [1-9]/m,
    );
    server.child.kill("SIGTERM");
    expect(await server.exit).toEqual({ code: 0, signal: null });
    expect(server.stderr()).toBe("");
  });
});

async function startSimulator() {
  const simulator = createSimulator({ limits: "off", campaigns: [{ id: ID, status: "Sending", settleAfterMs: 0 }] });
  return { url: await simulator.listen(), [Symbol.asyncDispose]: () => simulator.close() };
}
