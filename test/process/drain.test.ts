import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { createSimulator, type SeedCampaign, type Simulator } from "../../src/simulator/simulator.js";
import { CANCEL, ID } from "../support/cancel.js";
import { post } from "../support/gateway.js";
import { closed, openSocket, readAnswer } from "../server/raw-http.js";
import { buildForAll, environment, type ServerProcess, startServer } from "./server-process.js";

const built = buildForAll();

const VARIABLES = { id: ID, revision: "2026-07-15", action: "CANCEL" };

interface Running extends AsyncDisposable {
  readonly server: ServerProcess;
  readonly simulator: Simulator;
  readonly url: string;
  /** Resolves when Klaviyo has received a cancel. */
  readonly patched: Promise<void>;
}

/** The built server over a campaign that takes a moment to stop. */
async function start(env: Record<string, string> = {}, campaign: Partial<SeedCampaign> = {}): Promise<Running> {
  const simulator = createSimulator({
    limits: "off",
    campaigns: [{ id: ID, status: "Sending", settleAfterMs: 300, ...campaign }],
  });
  const patched = new Promise<void>((resolve) => {
    simulator.onRequest(({ method }) => {
      if (method === "PATCH") resolve();
    });
  });
  const server = startServer(built, "main.js", environment(await simulator.listen(), env));
  const stop = async () => {
    await server[Symbol.asyncDispose]();
    await simulator.close();
  };
  try {
    return { server, simulator, patched, url: await server.url(), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function terminate({ server }: Running): Promise<string> {
  server.child.kill("SIGTERM");
  return server.line(`"shutting down"`);
}

/** The head of a cancel and its body, for a connection that a test may cut. */
function cancelRequest(...headers: string[]): { head: string; body: string } {
  const body = JSON.stringify({ query: CANCEL, variables: VARIABLES });
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const all = ["POST /graphql HTTP/1.1", "Host: x", "Content-Type: application/json", length, ...headers];
  return { head: `${all.join("\r\n")}\r\n\r\n`, body };
}

/** Tries new connections until one is refused. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const socket: Socket = connect(Number(new URL(url).port), "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.on("error", () => {}).destroy();
    if (!isOpen) return;
  }
}

function auditLines({ server }: Running): readonly Record<string, unknown>[] {
  return server.stdout.map((line) => JSON.parse(line)).filter((line) => line.audit === "cancelCampaignSend");
}

const SUCCESS = { code: 0, signal: null };

describe("SIGTERM while a cancel runs", () => {
  test("lets its answer arrive complete, takes no one new, and ends well", async () => {
    await using running = await start();
    let isAnswered = false;
    const cancelling = post(running.url, { query: CANCEL, variables: VARIABLES }).finally(() => (isAnswered = true));
    await running.patched;
    await terminate(running);
    await untilRefused(running.url);
    expect(isAnswered).toBe(false);
    const { status, headers, body } = await cancelling;
    expect([status, headers.get("connection")]).toEqual([200, "close"]);
    expect(body.data.cancelCampaignSend).toMatchObject({ outcome: "STOPPED", campaign: { statusText: "Cancelled" } });
    expect(await running.server.exit).toEqual(SUCCESS);
    expect(running.server.stdout.at(-1)).toContain(`"stopped"`);
  });

  test("finishes it although its client has hung up, and logs what became of it", async () => {
    await using running = await start();
    const socket = openSocket(running.url);
    const { head, body } = cancelRequest("X-Request-Id: left");
    socket.write(head + body);
    await running.patched;
    socket.destroy();
    await running.server.line(`"client gone"`);
    await terminate(running);
    expect(await running.server.exit).toEqual(SUCCESS);
    expect(auditLines(running)).toEqual([expect.objectContaining({ requestId: "left", outcome: "STOPPED" })]);
    expect(running.simulator.statusOf(ID)).toBe("Cancelled");
  });

  test("finishes one that was still arriving, although its client then hangs up", async () => {
    await using running = await start();
    const socket = openSocket(running.url);
    const { head, body } = cancelRequest("X-Request-Id: late", "Expect: 100-continue");
    socket.write(head);
    expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1\.1 100 /);
    await terminate(running);
    socket.write(body);
    await running.patched;
    socket.destroy();
    expect(await running.server.exit).toEqual(SUCCESS);
    expect(auditLines(running)).toEqual([expect.objectContaining({ requestId: "late", outcome: "STOPPED" })]);
  });

  test("a second time ends at once", async () => {
    await using running = await start({}, { settles: false });
    const cancelling = post(running.url, { query: CANCEL, variables: VARIABLES }).catch(() => "cut off");
    await running.patched;
    await terminate(running);
    running.server.child.kill("SIGTERM");
    expect(await running.server.exit).toEqual({ code: 1, signal: null });
    expect(await cancelling).toBe("cut off");
    expect(running.server.stdout.join("\n")).not.toContain(`"stopped"`);
  });
});

describe("SIGTERM with nothing to do", () => {
  test("is not held up by connections that are idle", async () => {
    await using running = await start({ LOG_LEVEL: "info" });
    const idle = openSocket(running.url);
    idle.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    expect((await readAnswer(idle)).headers["connection"]).toBe("keep-alive");
    await terminate(running);
    await closed(idle);
    expect(await running.server.exit).toEqual(SUCCESS);
  });

  test("is not held up by connections on which nothing was ever sent", async () => {
    await using running = await start();
    const silent = openSocket(running.url);
    await once(silent, "connect");
    // Connections are accepted in order: once this one is answered, the silent one has arrived.
    await fetch(`${running.url}/livez`).then((response) => response.text());
    await terminate(running);
    await closed(silent);
    expect(await running.server.exit).toEqual(SUCCESS);
  });

  test("SHUTDOWN_DELAY_MS long still serves, and says on /readyz and each answer that it is leaving", async () => {
    await using running = await start({ SHUTDOWN_DELAY_MS: "1000" });
    await terminate(running);
    const ready = await fetch(`${running.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: "shutting down" }]);
    expect(ready.headers.get("connection")).toBe("close");
    const alive = await fetch(`${running.url}/livez`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: "ok" }]);
    const { body } = await post(running.url, { query: `{ campaign(id: "${ID}") { status } }` });
    expect(body).toEqual({ data: { campaign: { status: "SENDING" } } });
    expect(await running.server.exit).toEqual(SUCCESS);
    await untilRefused(running.url);
  });
});

test("SIGINT is as good as SIGTERM", async () => {
  await using running = await start();
  running.server.child.kill("SIGINT");
  expect(await running.server.exit).toEqual(SUCCESS);
  expect(running.server.stdout.at(-1)).toContain(`"stopped"`);
});
