import { describe, expect, test } from "@jest/globals";
import { CANCEL, cancel, cancelPayload, startWithCampaign, wire } from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";

const HOSTILE_IDS = [
  "",
  " ",
  ".",
  "..",
  "../x",
  "..%2Fx",
  "%2e%2e",
  "a/b",
  "a\\b",
  "a?b=c",
  "a#b",
  "a b",
  "a\r\nX-Injected: 1",
  "a\u0000b",
  "ünïcode",
  "ａ",
  "\u202Eabc",
  `")),equals(id,"x`,
  "a".repeat(65),
  "a".repeat(10_000),
];

const HOSTILE_REVISIONS = [
  "",
  " 2026-07-15",
  "2026-07-15 ",
  "2026-7-15",
  "2026-02-30",
  "2026-13-01",
  "latest",
  "2026-07-15\r\nX-Injected: 1",
  "2026-07-15.",
  "2026-07-15.PRE!",
  "２０２６-07-15",
  "0000-00-00",
  "9".repeat(10_000),
];

describe("what is not an argument never reaches Klaviyo", () => {
  test.each(HOSTILE_IDS)("id %j", async (id) => {
    await using gateway = await startGateway();
    const { status, body } = await cancel(gateway, { id });
    expect(status).toBe(200);
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "id" }] });
    expect(body.errors[0].message.length).toBeLessThan(250);
    expect(wire(gateway)).toEqual([]);
  });

  test.each(HOSTILE_REVISIONS)("revision %j", async (revision) => {
    await using gateway = await startGateway();
    const { body } = await cancel(gateway, { revision });
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "revision" }] });
    expect(body.errors[0].message.length).toBeLessThan(250);
    expect(wire(gateway)).toEqual([]);
  });

  test.each(HOSTILE_IDS)("id %j of a read, and of an entity", async (id) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(
      `query ($id: ID!, $all: [_Any!]!) { campaign(id: $id) { id } campaignSendJob(id: $id) { id } _entities(representations: $all) { __typename } }`,
      { id, all: [{ __typename: "Campaign", id }] },
    );
    const codes = body.errors.map((error: { extensions: { code: string } }) => error.extensions.code);
    expect(codes).toEqual(Array(3).fill("BAD_USER_INPUT"));
    expect(wire(gateway)).toEqual([]);
  });
});

test("all faults are reported at once, each with its field and what is accepted, and nothing else", async () => {
  await using gateway = await startGateway();
  const { body } = await cancel(gateway, { id: "../x", revision: "tomorrow" });
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0].extensions).toEqual({
    code: "BAD_USER_INPUT",
    fields: [
      {
        field: "id",
        message: `"../x" is not an id of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.`,
      },
      { field: "revision", message: `"tomorrow" is not a revision: a date as YYYY-MM-DD, such as 2026-07-15.` },
    ],
  });
  expect(JSON.stringify(body)).not.toMatch(/\^|\\\\d|target|children/);
});

test("a wrong id and an unsupported revision are both named", async () => {
  await using gateway = await startGateway();
  const { body } = await cancel(gateway, { id: "../x", revision: "2026-10-15" });
  const { code, fields } = body.errors[0].extensions;
  expect(code).toBe("BAD_USER_INPUT");
  expect(fields.map(({ field }: { field: string }) => field)).toEqual(["id", "revision"]);
});

test("an action that does not exist names the variable", async () => {
  await using gateway = await startGateway();
  const { body } = await gateway.query(CANCEL, { id: "x", revision: "2026-07-15", action: "STOP" });
  expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "action" }] });
  expect(wire(gateway)).toEqual([]);
});

test.each(["0", "Y6nRLr", "abcd1234-ef56-gh78-ij90-abcdef123456", "a".repeat(64), "-_-"])(
  "an id that can be one of Klaviyo's goes out as it is: %s",
  async (id) => {
    await using gateway = await startWithCampaign({ id });
    expect(await cancelPayload(gateway, { id })).toMatchObject({ outcome: "STOPPED", campaign: { id } });
    expect(wire(gateway)[0]).toBe(`PATCH /api/campaign-send-jobs/${id}`);
  },
);
