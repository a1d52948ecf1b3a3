import { expect, test } from "@jest/globals";
import { CallGate } from "../../src/klaviyo/call-gate.js";
import { getCampaign } from "../../src/klaviyo/campaigns-api.js";
import { keyCredential } from "../../src/klaviyo/credential.js";
import { createDispatcher } from "../../src/klaviyo/dispatcher.js";
import { NO_BOARD } from "../../src/resilience/circuit-board.js";
import { EndpointCircuits } from "../../src/klaviyo/endpoint-circuits.js";
import { KlaviyoClient } from "../../src/klaviyo/klaviyo-client.js";
import { MemoryAnswers } from "../../src/klaviyo/memory-answers.js";
import { attributesQuery } from "../../src/klaviyo/resource-query.js";
import { NEWEST_REVISION } from "../../src/klaviyo/revisions.js";
import { sendCampaign } from "../../src/klaviyo/writes-api.js";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { HeldClock } from "../support/held-clock.js";

/** Two accounts of one Klaviyo, with one store for the answers of both. */
async function startTwoAccounts() {
  const clock = new HeldClock();
  const simulator = createSimulator({ now: () => clock.wallMs(), campaigns: [{ id: "C", status: "Draft" }] });
  const origin = await simulator.listen();
  const dispatcher = createDispatcher({ origin, connections: 8, connectTimeoutMs: 2_000, attemptTimeoutMs: 4_000 });
  const answers = new MemoryAnswers(clock, 100_000);
  const createClient = (apiKey: string) =>
    new KlaviyoClient({
      dispatcher,
      clock,
      credential: keyCredential(() => apiKey),
      account: apiKey,
      readingRevision: NEWEST_REVISION,
      attemptTimeoutMs: 4_000,
      responseLimitBytes: 100_000,
      circuits: new EndpointCircuits({ breaker: "on", clock, random: () => 1, board: NO_BOARD, onCircuit: () => {} }),
      gate: new CallGate({ clock, ledger: new MemoryLedger(clock), limits: "off", account: apiKey, cancelShare: 0 }),
      answers,
      cache: "on",
      readAttempts: 3,
      random: () => 1,
      onAttempt: () => {},
      onRead: () => {},
    });
  const close = async () => {
    await dispatcher.destroy();
    await simulator.close();
  };
  return { simulator, one: createClient("pk_one"), other: createClient("pk_other"), [Symbol.asyncDispose]: close };
}

const read = (client: KlaviyoClient) =>
  getCampaign(client, "C", attributesQuery("campaign", ["status"]), { remainingMs: 1_000 });

test("what one account was answered is not given to another that uses the same store", async () => {
  await using accounts = await startTwoAccounts();
  await read(accounts.one);
  await read(accounts.one);
  await read(accounts.other);
  const keys = accounts.simulator.requests.map(({ headers }) => headers["authorization"]);
  expect(keys).toEqual(["Klaviyo-API-Key pk_one", "Klaviyo-API-Key pk_other"]);
});

test("what is kept is forgotten as soon as a write of the same account was answered", async () => {
  await using accounts = await startTwoAccounts();
  await read(accounts.one);
  await read(accounts.other);
  accounts.simulator.clearRequests();
  await sendCampaign(accounts.one, "C", { remainingMs: 1_000 });
  await read(accounts.one);
  await read(accounts.other);
  expect(accounts.simulator.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
});
