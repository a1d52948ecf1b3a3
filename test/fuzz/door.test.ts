import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Socket } from "node:net";
import { closed, openSocket, type RawAnswer, readAnswer } from "../server/raw-http.js";
import { startWithExamples } from "../suites/operation-examples.js";
import type { TestGateway } from "../support/gateway.js";
import { heldResources } from "../support/leftovers.js";
import { buildPlainSchema } from "../support/plain-schema.js";
import { requestBytes } from "../support/raw-request.js";
import { undocumentedIn } from "../support/undocumented.js";
import { until } from "../support/until.js";
import { alteredBytes, WELL_SENT } from "./door-requests.js";
import { fuzz, FUZZ_TIMEOUT_MS } from "./fuzz.js";
import { liveHeapBytes } from "./heap.js";
import { letTimePass, timersLeft } from "./let-time-pass.js";

const SCHEMA = buildPlainSchema();
const ENV = { NODE_ENV: "production", LOG_LEVEL: "error" };
/** What Apollo Server keeps of documents is bounded by 30 MB; the rest is what the test remembers of Klaviyo's calls. */
const HEAP_BYTES = 64e6;
const HEAP_BYTES_A_RUN = 4_000;

describe("whatever is sent to the door", () => {
  const heldBefore = heldResources();
  let gateway: TestGateway;
  let heapBefore = 0;
  let runs = 0;
  beforeAll(async () => {
    gateway = await startWithExamples(ENV);
    await gateway.query("{ __typename }");
    heapBefore = liveHeapBytes();
  });
  afterAll(() => gateway.close());

  test.each(Object.entries(WELL_SENT))(
    "is answered with what docs/errors.md has: %s",
    async (_what, build) => {
      runs += await fuzz(async (draw) => {
        const socket = openSocket(gateway.url);
        socket.write(requestBytes(build(draw, SCHEMA)));
        const answer = await letTimePass(gateway.clock, readAnswer(socket)).finally(() => socket.destroy());
        expect(faultsOf(answer)).toEqual([]);
        expect(await timersLeft(gateway.clock)).toBe(0);
        expect(gateway.logs).toEqual([]);
      });
    },
    FUZZ_TIMEOUT_MS,
  );

  test(
    "is answered, or let go of when its sender leaves: bytes that were a request",
    async () => {
      runs += await fuzz(async (draw) => {
        const socket = openSocket(gateway.url);
        socket.write(alteredBytes(draw, SCHEMA));
        const answer = await letTimePass(gateway.clock, answerOrEnd(socket));
        if (answer) expect(faultsOf(answer)).toEqual([]);
        expect(gateway.logs).toEqual([]);
      });
    },
    FUZZ_TIMEOUT_MS,
  );

  test("leaves nothing behind", async () => {
    expect(liveHeapBytes() - heapBefore).toBeLessThan(HEAP_BYTES + runs * HEAP_BYTES_A_RUN);
    expect((await gateway.query("{ __typename }")).body).toEqual({ data: { __typename: "Query" } });
    await gateway.close();
    await until(() => heldResources() <= heldBefore);
  });
});

/** How long the rest of a request is waited for. */
const PATIENCE_MS = 30;

/** The answer; none where the door waits for more. When its sender leaves then, it has to let go. */
async function answerOrEnd(socket: Socket): Promise<RawAnswer | undefined> {
  const leaving = setTimeout(() => socket.end(), PATIENCE_MS);
  try {
    return await readAnswer(socket);
  } catch {
    return undefined;
  } finally {
    clearTimeout(leaving);
    socket.destroy();
    await closed(socket);
  }
}

function faultsOf({ status, body }: RawAnswer): readonly string[] {
  const faults = status >= 500 && status !== 503 ? [`HTTP ${status}`] : [];
  return body === "" ? faults : [...faults, ...undocumentedIn(JSON.parse(body))];
}
