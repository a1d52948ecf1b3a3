import { describe, expect, test } from "@jest/globals";
import type { SeedCampaign } from "../../src/simulator/simulator.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { ID, onWrite, passTimeOnWrites, payloadOf, startWithDraft, UNCERTAIN, writes } from "./writes.js";

/*
 * Over the stateful simulator, which checks every body and keeps what was written: what the gateway says of a write is held against
 * what became of it.
 */

const EMAIL: SeedCampaign = { id: ID, name: "Sale", status: "Draft" };
const SMS: SeedCampaign = { id: "SMS", name: "Text", status: "Draft", channel: "sms" };
const PUSH: SeedCampaign = { id: "PUSH", name: "Push", status: "Draft", channel: "mobile_push" };

const ACCOUNT = {
  lists: [
    { id: "Y6nRLr", name: "Newsletter" },
    { id: "UTd5ui", name: "Staff" },
  ],
  templates: [{ id: "RpRmi2", name: "Plain", html: "<p>Hi</p>" }],
  images: [{ id: "7", name: "Cat", url: "https://images.example/7.png" }],
};

function start(): Promise<TestGateway> {
  return startGateway({ simulator: { campaigns: [EMAIL, SMS, PUSH], account: ACCOUNT } });
}

interface Case {
  readonly name: string;
  readonly mutation: string;
  /** Whether reading can tell that it was done. */
  readonly isTellable: boolean;
}

const CASES: readonly Case[] = [
  {
    name: "updateCampaign",
    mutation: `mutation { updateCampaign(id: "${ID}", input: {
      name: "New"
      audiences: { included: ["Y6nRLr"], excluded: ["UTd5ui"] }
      sendStrategy: { throttled: { sendAt: "2027-01-01T10:00:00+02:00", throttlePercentage: 20 } }
      sendOptions: { usesSmartSending: false }
      trackingOptions: { isTrackingOpens: true, addsTrackingParameters: true, customTrackingParameters: [
        { static: { name: "utm_medium", value: "email" } }, { dynamic: { name: "utm_id", filledWith: CAMPAIGN_ID } }
      ] }
    }) { outcome campaign { name } } }`,
    isTellable: true,
  },
  { name: "deleteCampaign", mutation: `mutation { deleteCampaign(id: "${ID}") { outcome } }`, isTellable: true },
  {
    name: "updateCampaignMessage of an e-mail",
    mutation: `mutation { updateCampaignMessage(id: "${ID}-M1", input: {
      email: { label: "B", content: { subject: "New", ccEmail: null } }
    }) { outcome } }`,
    isTellable: true,
  },
  {
    name: "updateCampaignMessage of a text message",
    mutation: `mutation { updateCampaignMessage(id: "SMS-M1", input: {
      sms: { content: { body: "New" }, renderOptions: { shortensLinks: false }, imageId: "7" }
    }) { outcome } }`,
    isTellable: true,
  },
  {
    name: "updateCampaignMessage of a push",
    mutation: `mutation { updateCampaignMessage(id: "PUSH-M1", input: {
      mobilePush: {
        content: { title: "New", body: "Newer", actionButtons: [{ label: "Go", action: OPEN_URL, url: "https://shop.example" }] }
        options: { onOpen: { openWebUrl: "https://shop.example" }, badge: { fromProperty: "unread" }, playsSound: true }
        keyValuePairs: [{ key: "a", value: "1" }]
      }
    }) { outcome } }`,
    isTellable: true,
  },
  {
    name: "updateCampaignMessageImage",
    mutation: `mutation { updateCampaignMessageImage(id: "SMS-M1", imageId: "7") { outcome } }`,
    isTellable: true,
  },
  {
    name: "createCampaign",
    mutation: `mutation { createCampaign(input: {
      name: "Next", audiences: { included: ["Y6nRLr"] }, messages: [{ email: { content: { subject: "Hi" } } }]
    }) { outcome } }`,
    isTellable: false,
  },
  { name: "cloneCampaign", mutation: `mutation { cloneCampaign(id: "${ID}") { outcome } }`, isTellable: false },
  {
    name: "assignTemplateToCampaignMessage",
    mutation: `mutation { assignTemplateToCampaignMessage(id: "${ID}-M1", templateId: "RpRmi2") { outcome } }`,
    isTellable: false,
  },
];

describe.each(CASES)("$name", ({ mutation, isTellable }) => {
  test("is taken by a Klaviyo that checks what it is sent", async () => {
    await using gateway = await start();
    expect(await payloadOf(gateway, mutation)).toMatchObject({ outcome: "DONE" });
  });

  test.each(UNCERTAIN)("(%s, carried out) is told as far as it can be known, from one attempt", async (_, answer) => {
    await using gateway = await start();
    for (const fault of onWrite(answer, { applied: true })) gateway.simulator.addFault(fault);
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, mutation)).toMatchObject({ outcome: isTellable ? "DONE" : "UNKNOWN" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each(UNCERTAIN)("(%s, not carried out) is UNKNOWN, from one attempt", async (_, answer) => {
    await using gateway = await start();
    for (const fault of onWrite(answer)) gateway.simulator.addFault(fault);
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, mutation)).toMatchObject({ outcome: "UNKNOWN" });
    expect(writes(gateway)).toHaveLength(1);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
    expect(gateway.clock.pendingCount).toBe(0);
  });
});

test("a campaign's life, from nothing to nothing", async () => {
  await using gateway = await start();
  const created = await payloadOf(
    gateway,
    `mutation { createCampaign(input: {
      name: "Spring"
      audiences: { included: ["Y6nRLr"] }
      sendStrategy: { static: { sendAt: "2027-01-01T10:00:00Z", isLocal: true, sendsPastRecipientsImmediately: true } }
      messages: [{ email: { label: "A", content: { subject: "Hi" } } }]
    }) { outcome campaign { id name status sendStrategy { methodText } } } }`,
  );
  expect(created).toMatchObject({
    outcome: "DONE",
    campaign: { name: "Spring", status: "DRAFT", sendStrategy: { methodText: "static" } },
  });
  const { id } = created.campaign;
  const refreshed = await payloadOf(
    gateway,
    `mutation ($id: ID!) { refreshCampaignRecipientEstimation(id: $id) { outcome estimationJob { id statusText } } }`,
    { id },
  );
  expect(refreshed).toMatchObject({ outcome: "ACCEPTED", estimationJob: { id } });
  const updated = await payloadOf(
    gateway,
    `mutation ($id: ID!) { updateCampaign(id: $id, input: { name: "Spring sale", sendStrategy: { immediate: true } }) {
      outcome campaign { name sendStrategy { __typename } tags { id } }
    } }`,
    { id },
  );
  expect(updated).toEqual({
    outcome: "DONE",
    campaign: { name: "Spring sale", sendStrategy: { __typename: "ImmediateSendStrategy" }, tags: [] },
  });
  const sent = await payloadOf(gateway, `mutation ($id: ID!) { sendCampaign(id: $id) { outcome } }`, { id });
  expect(sent).toEqual({ outcome: "ACCEPTED" });
  const refused = await payloadOf(
    gateway,
    `mutation ($id: ID!) { updateCampaign(id: $id, input: { name: "Late" }) { outcome problem { code } } }`,
    { id },
  );
  expect(refused).toMatchObject({ outcome: "REFUSED", problem: { code: "NOT_ACCEPTED" } });
  const copy = await payloadOf(
    gateway,
    `mutation ($id: ID!) { cloneCampaign(id: $id, name: "Again") { outcome campaign { id name status } } }`,
    { id },
  );
  expect(copy).toMatchObject({ outcome: "DONE", campaign: { name: "Again", status: "DRAFT" } });
  const copyId = { id: copy.campaign.id };
  const gone = await payloadOf(
    gateway,
    `mutation ($id: ID!) { deleteCampaign(id: $id) { outcome deletedId } }`,
    copyId,
  );
  expect(gone).toEqual({ outcome: "DONE", deletedId: copy.campaign.id });
  const again = await payloadOf(
    gateway,
    `mutation ($id: ID!) { deleteCampaign(id: $id) { outcome problem { code } } }`,
    copyId,
  );
  expect(again).toMatchObject({ outcome: "REFUSED", problem: { code: "NOT_FOUND" } });
});

test("a value that Klaviyo does not know is named by its argument", async () => {
  await using gateway = await start();
  const payload = await payloadOf(
    gateway,
    `mutation { assignTemplateToCampaignMessage(id: "${ID}-M1", templateId: "nobody") { outcome problem { code fields { path message } } } }`,
  );
  expect(payload).toMatchObject({ outcome: "REFUSED", problem: { fields: [{ path: "templateId" }] } });
});

describe("an update that was not carried out and lost its answer is not told as done for what it leaves out", () => {
  const LOST = onWrite({ kind: "status", status: 503 });
  const sendAt = "2030-12-02T08:00:00+00:00";

  test.each([
    ["a time that is no longer local", { is_local: true }, `{ static: { sendAt: "${sendAt}" } }`],
    [
      "past recipients who are no longer sent to at once",
      { is_local: true, send_past_recipients_immediately: true },
      `{ static: { sendAt: "${sendAt}", isLocal: true } }`,
    ],
  ])("%s", async (_what, options, sendStrategy) => {
    const before = { method: "static", datetime: sendAt, options } as const;
    await using gateway = await startWithDraft(LOST, { sendStrategy: before });
    const mutation = `mutation { updateCampaign(id: "${ID}", input: { sendStrategy: ${sendStrategy} }) { outcome } }`;
    expect(await payloadOf(gateway, mutation)).toEqual({ outcome: "UNKNOWN" });
  });

  test("a key that is no longer there", async () => {
    await using gateway = await startWithDraft([], { channel: "mobile_push" });
    const update = (pairs: string) =>
      payloadOf(
        gateway,
        `mutation { updateCampaignMessage(id: "${ID}-M1", input: { mobilePush: { keyValuePairs: ${pairs} } }) { outcome } }`,
      );
    expect(await update(`[{ key: "a", value: "1" }, { key: "coupon", value: "WRONG" }]`)).toEqual({ outcome: "DONE" });
    for (const pairs of [`[{ key: "a", value: "1" }]`, "[]"]) {
      for (const fault of LOST) gateway.simulator.addFault(fault);
      expect(await update(pairs)).toEqual({ outcome: "UNKNOWN" });
    }
  });
});
