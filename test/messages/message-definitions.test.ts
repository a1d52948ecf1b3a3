import { describe, expect, test } from "@jest/globals";
import { read } from "./read-message.js";

describe("a message's times", () => {
  const SELECTION = "sendTimes { datetime isLocal } createdAt updatedAt";

  test("are Klaviyo's", async () => {
    const at = "2026-11-27T06:00:00+00:00";
    const body = await read(
      { send_times: [{ datetime: at, is_local: true }], created_at: at, updated_at: at },
      SELECTION,
    );
    const expected = "2026-11-27T06:00:00.000Z";
    expect(body).toEqual({
      data: {
        campaignMessage: {
          sendTimes: [{ datetime: expected, isLocal: true }],
          createdAt: expected,
          updatedAt: expected,
        },
      },
    });
  });

  test("need no offset where they are each recipient's own", async () => {
    const body = await read({ send_times: [{ datetime: "2026-11-27T06:00:00", is_local: true }] }, SELECTION);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaignMessage.sendTimes).toEqual([{ datetime: "2026-11-27T06:00:00.000Z", isLocal: true }]);
  });

  test("are not guessed, and cost nothing but themselves, where they cannot be read", async () => {
    const at = "2026-11-27T06:00:00+00:00";
    const send_times = [{ datetime: "2026-11-27T06:00:00", is_local: false }];
    const body = await read({ send_times, created_at: at }, SELECTION);
    expect(body.data.campaignMessage).toMatchObject({ sendTimes: null, createdAt: "2026-11-27T06:00:00.000Z" });
    expect(body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_INVALID_RESPONSE" } }]);
  });

  test.each([{}, { send_times: null, created_at: null, updated_at: null }])(
    "may be missing: %j",
    async (attributes) => {
      const body = await read(attributes, SELECTION);
      expect(body).toEqual({ data: { campaignMessage: { sendTimes: [], createdAt: null, updatedAt: null } } });
    },
  );
});

test.each([
  ["email", "... on EmailMessageDefinition { content { subject } }", { content: null }],
  [
    "sms",
    "... on SmsMessageDefinition { content { body } renderOptions { addsInfoLink } }",
    { content: null, renderOptions: null },
  ],
])("%s definitions may lack everything but their channel", async (channel, fragment, expected) => {
  const body = await read({ definition: { channel } }, `definition { ${fragment} }`);
  expect(body.errors).toBeUndefined();
  expect(body.data.campaignMessage.definition).toEqual(expected);
});
