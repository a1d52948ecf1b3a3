import { expect, test } from "@jest/globals";
import { cancelPayload, onPatch, startWithCampaign } from "../support/cancel.js";
import type { TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { pass } from "../support/pass.js";
import { until } from "../support/until.js";

/** Waits until Klaviyo has been asked so often. Meanwhile no time passes. */
function untilAsked({ simulator }: TestGateway, times: number): Promise<void> {
  return until(() => simulator.requests.filter(({ method }) => method === "PATCH").length === times);
}

/** What a press ends with, and when. */
async function endOf({ clock }: TestGateway, pressed: ReturnType<typeof cancelPayload>) {
  const payload = await pressed;
  return { payload, atMs: clock.now() };
}

test.each([
  [
    "CANCEL",
    "REVERT",
    "CANCELLED",
    'There is nothing to REVERT: the campaign is "Cancelled". Clone it to send it again.',
  ],
  ["REVERT", "CANCEL", "DRAFT", 'There is nothing to CANCEL: the campaign is "Draft".'],
])(
  "who presses %s and then %s is told as soon as the first has led elsewhere",
  async (first, second, status, message) => {
    await using gateway = await startWithCampaign({ settleAfterMs: 800 }, [], { clock: new HeldClock(false) });
    const kept = cancelPayload(gateway, { action: first });
    await untilAsked(gateway, 1);
    const refused = endOf(gateway, cancelPayload(gateway, { action: second }));
    await untilAsked(gateway, 2);
    await pass(gateway, Promise.all([kept, refused]));
    const { payload, atMs } = await refused;
    expect(payload).toMatchObject({ outcome: "NOT_STOPPED", status, problem: { code: "NOT_SENDING", message } });
    expect(atMs).toBeLessThan(2_000);
    expect(await kept).toMatchObject({ outcome: "STOPPED", status });
  },
);

test("a PATCH of unknown effect has an end that is known once another action has led elsewhere", async () => {
  const unclear = onPatch({ kind: "status", status: 503 });
  await using gateway = await startWithCampaign({ settleAfterMs: 800 }, [unclear], { clock: new HeldClock(false) });
  const reverted = endOf(gateway, cancelPayload(gateway, { action: "REVERT" }));
  await untilAsked(gateway, 1);
  const kept = cancelPayload(gateway, { action: "CANCEL" });
  await untilAsked(gateway, 2);
  await pass(gateway, Promise.all([reverted, kept]));
  const { payload, atMs } = await reverted;
  expect(payload).toMatchObject({ outcome: "NOT_STOPPED", status: "CANCELLED", problem: { code: "NOT_SENDING" } });
  expect(atMs).toBeLessThan(2_000);
});
