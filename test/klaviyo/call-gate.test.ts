import { expect, test } from "@jest/globals";
import { CallGate } from "../../src/klaviyo/call-gate.js";
import { OPERATIONS } from "../../src/klaviyo/operations.js";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import { HeldClock } from "../support/held-clock.js";

const { getCampaigns, getCampaign, getCampaignSendJob, getCampaignMessage } = OPERATIONS;

test.each([
  ["one campaign: the share", getCampaign, 127],
  ["send jobs: the share", getCampaignSendJob, 127],
  ["lists, of which one look is for all cancels: a fifth of it", getCampaigns, 145],
  ["messages: nothing", getCampaignMessage, 150],
])("of the limit of what cancels need a share is kept for them: of %s", async (_, operation, forOthers) => {
  const clock = new HeldClock(false);
  const ledger = new MemoryLedger(clock);
  const gate = new CallGate({ clock, ledger, limits: new Map(), account: "a", cancelShare: 0.15 });
  const granted = { interactive: 0, critical: 0 };
  for (const lane of ["interactive", "critical"] as const)
    for (let second = 0; second < 25; second++, clock.advance(1_000))
      for (let n = 0; n < 10; n++)
        try {
          const slot = await gate.admit({ operation, call: { lane }, remainingMs: 0 });
          granted[lane]++;
          slot?.settle({});
        } catch (error) {
          expect(error).toMatchObject({ failure: { kind: "held-back" } });
        }
  expect(granted).toEqual({ interactive: forOthers, critical: 150 - forOthers });
});

test("who knows another way than to wait is refused at once, however long those who share the call could wait", async () => {
  const clock = new HeldClock(false);
  const ledger = new MemoryLedger(clock);
  const gate = new CallGate({ clock, ledger, limits: new Map(), account: "a", cancelShare: 0.15 });
  const sharers = { remainingMs: 10_000 };
  const ask = (patienceMs?: number) =>
    gate.admit({
      operation: getCampaign,
      call: { lane: "critical", ...(patienceMs !== undefined && { patienceMs }) },
      remainingMs: 400,
      sharers,
    });
  for (let n = 0; n < 10; n++) (await ask())?.settle({});
  const waiting = ask();
  await expect(ask(400)).rejects.toMatchObject({ failure: { kind: "held-back" } });
  for (let second = 0; second < 2; second++) await clock.advance(1_000);
  await waiting;
});
