import { expect, test } from "@jest/globals";
import { cancel, ID, PATCH_PATH, READ_PATH, wire } from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";

test("stops a campaign that is being sent", async () => {
  await using gateway = await startGateway({ simulator: { campaigns: [{ id: ID, status: "Sending", settleAfterMs: 800 }] } });
  const { status, body } = await cancel(gateway);
  expect(status).toBe(200);
  expect(body.data.cancelCampaignSend).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
  expect(wire(gateway)).toEqual([`PATCH ${PATCH_PATH}`, ...Array(3).fill(`GET ${READ_PATH}`)]);
});
