import { describe, expect, test } from "@jest/globals";
import {
  answerWith,
  ERROR_ID,
  ID,
  inputErrorOf,
  onRead,
  onTheWire,
  onWrite,
  passTimeOnWrites,
  payloadOf,
  PROBLEM,
  queriesOfReads,
  refusal,
  startWithDraft,
  UNCERTAIN,
  writes,
} from "./writes.js";

const CREATE = `mutation ($input: CampaignCreateInput!) {
  createCampaign(input: $input) { ${PROBLEM} campaign { id name status } }
}`;

const NEW_ID = "01NEWNEWNEWNEWNEWNEWNEWNEW";
const CREATED = answerWith(201, {
  data: { type: "campaign", id: NEW_ID, attributes: { name: "Sale", status: "Draft" } },
});

const EMAIL = { name: "Sale", audiences: { included: ["Y6nRLr"] }, messages: [{ email: {} }] };

/** The attributes that an input becomes on the wire. */
// oxlint-disable-next-line typescript/no-explicit-any -- what crossed the wire, to be looked at
async function attributesOf(input: object): Promise<any> {
  await using gateway = await startWithDraft(onWrite(CREATED));
  await payloadOf(gateway, CREATE, { input: { ...EMAIL, ...input } });
  return JSON.parse(writes(gateway)[0]?.body ?? "").data.attributes;
}

/** The message that an input becomes on the wire. */
// oxlint-disable-next-line typescript/no-explicit-any -- what crossed the wire, to be looked at
async function messageOf(message: object): Promise<any> {
  return (await attributesOf({ messages: [message] }))["campaign-messages"].data[0];
}

describe("createCampaign", () => {
  test("asks Klaviyo in its words and gives the new campaign as it answered it, with no more calls", async () => {
    await using gateway = await startWithDraft(onWrite(CREATED));
    expect(await payloadOf(gateway, CREATE, { input: EMAIL })).toEqual({
      outcome: "DONE",
      problem: null,
      campaign: { id: NEW_ID, name: "Sale", status: "DRAFT" },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: "POST /api/campaigns",
        query: "fields[campaign]=name,status",
        contentType: "application/vnd.api+json",
        body: {
          data: {
            type: "campaign",
            attributes: {
              name: "Sale",
              audiences: { included: ["Y6nRLr"] },
              "campaign-messages": {
                data: [{ type: "campaign-message", attributes: { definition: { channel: "email" } } }],
              },
            },
          },
        },
      },
    ]);
    expect(gateway.logs.filter((line) => line["audit"] === "createCampaign")).toMatchObject([
      { targetId: null, madeId: NEW_ID, outcome: "DONE" },
    ]);
  });

  test("reads it once more where what it links to is selected", async () => {
    const mutation = `mutation ($input: CampaignCreateInput!) { createCampaign(input: $input) { campaign { name tags { name } } } }`;
    await using gateway = await startWithDraft(onWrite(CREATED));
    await gateway.query(mutation, { input: EMAIL });
    expect(gateway.simulator.requests[0]?.query).toBe("fields%5Bcampaign%5D=name");
    expect(queriesOfReads(gateway)[0]).toContain(`/api/campaigns/${NEW_ID}?`);
  });

  test("writes everything that can be written", async () => {
    const attributes = await attributesOf({
      audiences: { included: ["Y6nRLr"], excluded: ["UTd5ui"] },
      sendStrategy: {
        static: { sendAt: "2026-12-24T10:00:00+02:00", isLocal: true, sendsPastRecipientsImmediately: true },
      },
      sendOptions: { usesSmartSending: false },
      trackingOptions: {
        isTrackingOpens: true,
        isTrackingClicks: false,
        addsTrackingParameters: true,
        customTrackingParameters: [
          { static: { name: "utm_medium", value: "email" } },
          { dynamic: { name: "utm_campaign", filledWith: "CAMPAIGN_NAME_ID" } },
        ],
      },
    });
    expect(attributes).toMatchObject({
      audiences: { included: ["Y6nRLr"], excluded: ["UTd5ui"] },
      send_strategy: {
        method: "static",
        datetime: "2026-12-24T08:00:00.000Z",
        options: { is_local: true, send_past_recipients_immediately: true },
      },
      send_options: { use_smart_sending: false },
      tracking_options: {
        is_tracking_opens: true,
        is_tracking_clicks: false,
        add_tracking_params: true,
        custom_tracking_params: [
          { type: "static", name: "utm_medium", value: "email" },
          { type: "dynamic", name: "utm_campaign", value: "campaign_name_id" },
        ],
      },
    });
  });

  test.each([
    [{ immediate: true }, { method: "immediate" }],
    [{ static: { sendAt: "2026-12-24T10:00:00Z" } }, { method: "static", datetime: "2026-12-24T10:00:00.000Z" }],
    [
      { static: { sendAt: "2026-12-24T10:00:00Z", isLocal: false } },
      { method: "static", datetime: "2026-12-24T10:00:00.000Z", options: { is_local: false } },
    ],
    [
      { throttled: { sendAt: "2026-12-24T10:00:00Z", throttlePercentage: 33 } },
      { method: "throttled", datetime: "2026-12-24T10:00:00.000Z", throttle_percentage: 33 },
    ],
    [{ smartSendTime: { date: "2026-12-24" } }, { method: "smart_send_time", date: "2026-12-24" }],
    [null, null],
  ])("writes the send strategy %j", async (sendStrategy, written) => {
    expect((await attributesOf({ sendStrategy })).send_strategy).toEqual(written);
  });

  test("writes an e-mail", async () => {
    const content = {
      subject: "Hi {{ first_name }}",
      previewText: "p",
      fromEmail: "a@b.example",
      fromLabel: "A",
      replyToEmail: null,
      ccEmail: "c@b.example",
      bccEmail: "d@b.example",
    };
    expect(await messageOf({ email: { label: "A", content } })).toEqual({
      type: "campaign-message",
      attributes: {
        definition: {
          channel: "email",
          label: "A",
          content: {
            subject: "Hi {{ first_name }}",
            preview_text: "p",
            from_email: "a@b.example",
            from_label: "A",
            reply_to_email: null,
            cc_email: "c@b.example",
            bcc_email: "d@b.example",
          },
        },
      },
    });
  });

  test("writes a text message, with its image", async () => {
    const renderOptions = {
      shortensLinks: true,
      addsOrganizationPrefix: false,
      addsInfoLink: true,
      addsOptOutLanguage: null,
    };
    expect(await messageOf({ sms: { content: { body: "Hi" }, renderOptions, imageId: "7" } })).toEqual({
      type: "campaign-message",
      attributes: {
        definition: {
          channel: "sms",
          content: { body: "Hi" },
          render_options: {
            shorten_links: true,
            add_org_prefix: false,
            add_info_link: true,
            add_opt_out_language: null,
          },
        },
      },
      relationships: { image: { data: { type: "image", id: "7" } } },
    });
  });

  test("writes a push notification", async () => {
    const actionButtons = [
      { label: "Shop", action: "OPEN_URL", url: "https://shop.example" },
      { label: "Cart", action: "DEEP_LINK", url: "shop://cart" },
      { label: "Later", action: "DISMISS" },
    ];
    const mobilePush = {
      content: { title: "T", body: "B", dynamicImage: "{{ image }}", actionButtons },
      options: { onOpen: { openDeepLink: { iosDeepLink: "shop://a" } }, badge: { count: "3" }, playsSound: true },
      keyValuePairs: [{ key: "__proto__", value: "1" }],
      imageId: "7",
    };
    expect(JSON.stringify(await messageOf({ mobilePush }))).toBe(
      JSON.stringify({
        type: "campaign-message",
        attributes: {
          definition: {
            channel: "mobile_push",
            notification_type: "standard",
            content: {
              title: "T",
              body: "B",
              dynamic_image: "{{ image }}",
              action_buttons: [
                { label: "Shop", action_type: "open_url", url: "https://shop.example" },
                { label: "Cart", action_type: "deep_link", url: "shop://cart" },
                { label: "Later", action_type: "dismiss" },
              ],
            },
            options: {
              on_open: { type: "deep_link", ios_deep_link: "shop://a" },
              badge: { display: true, badge_options: { badge_config: "set_count", value: "3" } },
              play_sound: true,
            },
            kv_pairs: JSON.parse(`{"__proto__":"1"}`),
          },
        },
        relationships: { image: { data: { type: "image", id: "7" } } },
      }),
    );
  });

  test.each([
    [{ openApp: true }, { type: "open_app" }],
    [
      { openWebUrl: "https://shop.example/{{ id }}" },
      { type: "open_web_url", web_url: "https://shop.example/{{ id }}" },
    ],
  ])("writes what happens when somebody taps it: %j", async (onOpen, written) => {
    const message = await messageOf({ mobilePush: { content: { body: "B" }, options: { onOpen } } });
    expect(message.attributes.definition.options.on_open).toEqual(written);
  });

  test.each([
    [{ none: true }, { display: false }],
    [{ increment: true }, { display: true, badge_options: { badge_config: "increment_one" } }],
    [
      { fromProperty: "unread" },
      { display: true, badge_options: { badge_config: "set_property", set_from_property: "unread" } },
    ],
  ])("writes the badge %j", async (badge, written) => {
    const message = await messageOf({ mobilePush: { content: { body: "B" }, options: { badge } } });
    expect(message.attributes.definition.options.badge).toEqual(written);
  });

  test("writes a silent push", async () => {
    const message = await messageOf({ silentMobilePush: { keyValuePairs: [{ key: "a", value: "b" }] } });
    expect(message.attributes.definition).toEqual({
      channel: "mobile_push",
      notification_type: "silent",
      kv_pairs: { a: "b" },
    });
  });
});

describe("a campaign that Klaviyo does not make", () => {
  test.each([
    ["/data/attributes/name", "input.name"],
    ["/data/attributes/audiences/included/0", "input.audiences.included"],
    ["/data/attributes/send_strategy/throttle_percentage", "input.sendStrategy.throttled.throttlePercentage"],
    ["/data/attributes/send_strategy/options", "input.sendStrategy.throttled"],
    [
      "/data/attributes/tracking_options/custom_tracking_params/1/value",
      "input.trackingOptions.customTrackingParameters.1.dynamic.filledWith",
    ],
    [
      "/data/attributes/campaign-messages/data/0/attributes/definition/content/subject",
      "input.messages.0.email.content.subject",
    ],
    ["/data/attributes/campaign-messages/data/0", "input.messages.0"],
    ["/data/attributes/campaign-messages/data/7", "input.messages"],
    ["/data/attributes/nobody_knows", "input"],
  ])("names the argument behind %s", async (pointer, path) => {
    const input = {
      ...EMAIL,
      sendStrategy: { throttled: { sendAt: "2026-12-24T10:00:00Z", throttlePercentage: 33 } },
      trackingOptions: {
        customTrackingParameters: [
          { static: { name: "a", value: "b" } },
          { dynamic: { name: "c", filledWith: "GROUP_ID" } },
        ],
      },
      messages: [{ email: { content: { subject: "S" } } }],
    };
    await using gateway = await startWithDraft(onWrite(refusal(400, { source: { pointer }, detail: "Not this." })));
    expect(await payloadOf(gateway, CREATE, { input })).toMatchObject({
      outcome: "REFUSED",
      campaign: null,
      problem: { code: "NOT_ACCEPTED", klaviyoErrorId: ERROR_ID, fields: [{ path, message: "Not this." }] },
    });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("has every fault named at once, and none that is not about an argument", async () => {
    await using gateway = await startWithDraft(
      onWrite(
        refusal(
          400,
          { source: { pointer: "/data/attributes/name" }, detail: "Too long." },
          { source: { parameter: "fields" } },
          { source: { pointer: "/data/attributes/audiences/included" }, detail: "No such list." },
        ),
      ),
    );
    const { problem } = await payloadOf(gateway, CREATE, { input: EMAIL });
    expect(problem.fields).toEqual([
      { path: "input.name", message: "Too long." },
      { path: "input.audiences.included", message: "No such list." },
    ]);
    expect(problem.message).toContain("because of input.name, input.audiences.included");
  });

  test.each([
    "<b>No</b>",
    "See https://klaviyo.example/help",
    "{{ secret }}",
    "line\nbreak",
    "\u202Ereversed",
    "x".repeat(201),
    "",
  ])("has %j in words of ours: Klaviyo's are passed on only where they are short and plain", async (detail) => {
    const answer = refusal(400, { source: { pointer: "/data/attributes/name" }, detail });
    await using gateway = await startWithDraft(onWrite(answer));
    const { problem } = await payloadOf(gateway, CREATE, { input: EMAIL });
    expect(problem.fields).toEqual([{ path: "input.name", message: "Klaviyo does not accept this value." }]);
    // They may quote what was sent: no log has them.
    if (detail) expect(gateway.rawLogs.join("")).not.toContain(JSON.stringify(detail).slice(1, -1));
  });

  test("is told at once of a rate limit that lasts", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "60" } }),
    );
    expect(await payloadOf(gateway, CREATE, { input: EMAIL })).toMatchObject({
      outcome: "REFUSED",
      problem: { code: "RATE_LIMITED", retryAfterMs: 60_000 },
    });
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN, asked once, with advice", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, CREATE, { input: EMAIL });
    expect(payload).toMatchObject({ outcome: "UNKNOWN", campaign: null });
    expect(payload.problem.message).toContain("look for the new one by its name, before asking again");
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test.each([
    ["half a document", answerWith(201, {})],
    ["another type", answerWith(201, { data: { type: "flow", id: "x" } })],
    ["an id that cannot be asked for", answerWith(201, { data: { type: "campaign", id: "../x" } })],
  ])("is UNKNOWN when Klaviyo says 201 and answers %s", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, CREATE, { input: EMAIL })).toMatchObject({
      outcome: "UNKNOWN",
      problem: { code: "UPSTREAM_INVALID_RESPONSE" },
    });
  });
});

describe("cloneCampaign", () => {
  const CLONE = `mutation ($id: ID!, $name: String) { cloneCampaign(id: $id, name: $name) { ${PROBLEM} campaign { id name } } }`;

  test.each([
    ["with a name", "Copy", { new_name: "Copy" }],
    ["without a name", undefined, {}],
    ["with null for a name", null, {}],
  ])("asks Klaviyo in its words, %s", async (_, name, attributes) => {
    await using gateway = await startWithDraft(onWrite(CREATED));
    expect(await payloadOf(gateway, CLONE, { id: ID, name })).toMatchObject({
      outcome: "DONE",
      campaign: { id: NEW_ID },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: "POST /api/campaign-clone",
        query: "fields[campaign]=name",
        contentType: "application/vnd.api+json",
        body: { data: { type: "campaign", id: ID, attributes } },
      },
    ]);
    expect(gateway.logs.filter((line) => line["audit"] === "cloneCampaign")).toMatchObject([
      { targetId: ID, madeId: NEW_ID, outcome: "DONE" },
    ]);
  });

  test("reads the copy once more where its messages are selected", async () => {
    const mutation = `mutation ($id: ID!) { cloneCampaign(id: $id) { campaign { tags { id } } } }`;
    const read = { data: { type: "campaign", id: NEW_ID, attributes: {}, relationships: { tags: { data: [] } } } };
    await using gateway = await startWithDraft([
      ...onWrite(CREATED),
      onRead(answerWith(200, read), { times: "always" }),
    ]);
    const { body } = await gateway.query(mutation, { id: ID });
    expect(body.errors).toBeUndefined();
    expect(queriesOfReads(gateway)[0]).toContain(`/api/campaigns/${NEW_ID}`);
  });

  test.each([
    ["NOT_FOUND", refusal(404)],
    ["FORBIDDEN", refusal(403)],
    ["CONFLICT", refusal(409)],
  ] as const)("is REFUSED with %s", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, CLONE, { id: ID })).toMatchObject({ outcome: "REFUSED", problem: { code } });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("names the argument that Klaviyo refuses", async () => {
    const answer = refusal(400, { source: { pointer: "/data/attributes/new_name" }, detail: "Taken." });
    await using gateway = await startWithDraft(onWrite(answer));
    const { problem } = await payloadOf(gateway, CLONE, { id: ID, name: "x" });
    expect(problem.fields).toEqual([{ path: "name", message: "Taken." }]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN, and asked once: a second would be a second copy", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, CLONE, { id: ID })).toMatchObject({ outcome: "UNKNOWN", campaign: null });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("is UNKNOWN when the answer is the original", async () => {
    const answer = answerWith(201, { data: { type: "campaign", id: ID, attributes: { name: "Sale" } } });
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, CLONE, { id: ID })).toMatchObject({ outcome: "UNKNOWN", campaign: null });
  });

  test.each(["", " \n"])("names every fault before anything goes out (a name of %j)", async (name) => {
    await using gateway = await startWithDraft();
    const { code, fields } = await inputErrorOf(gateway, CLONE, { id: "../x", name });
    expect(code).toBe("BAD_USER_INPUT");
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(["id", "name"]);
  });
});

describe("what is not a campaign never reaches Klaviyo", () => {
  const button = { label: "Go", action: "OPEN_APP" };
  const push = (content: object) => ({ messages: [{ mobilePush: { content: { body: "B", ...content } } }] });
  const at = "2026-12-24T10:00:00Z";

  test.each<[string, object, string[]]>([
    ["an empty name", { name: " " }, ["input.name"]],
    ["no message", { messages: [] }, ["input.messages"]],
    ["an id that is none", { audiences: { included: ["../x"] } }, ["input.audiences.included"]],
    ["an excluded id that is none", { audiences: { included: [], excluded: [""] } }, ["input.audiences.excluded"]],
    [
      "a percentage that Klaviyo does not know",
      { sendStrategy: { throttled: { sendAt: at, throttlePercentage: 30 } } },
      ["input.sendStrategy.throttled.throttlePercentage"],
    ],
    [
      "an option of local times without local times",
      { sendStrategy: { static: { sendAt: at, sendsPastRecipientsImmediately: true } } },
      ["input.sendStrategy.static.sendsPastRecipientsImmediately"],
    ],
    [
      "a time after the year 9999",
      { sendStrategy: { static: { sendAt: "9999-12-31T23:00:00-01:00" } } },
      ["input.sendStrategy.static.sendAt"],
    ],
    [
      "a first portion before the year 0",
      { sendStrategy: { throttled: { sendAt: "0000-01-01T00:00:00+01:00", throttlePercentage: 33 } } },
      ["input.sendStrategy.throttled.sendAt"],
    ],
    ["a strategy that is not chosen", { sendStrategy: { immediate: false } }, ["input.sendStrategy.immediate"]],
    [
      "a tracking parameter without a name, and one that is unrecognized",
      {
        trackingOptions: {
          customTrackingParameters: [
            { static: { name: "", value: "x" } },
            { dynamic: { name: "x", filledWith: "UNRECOGNIZED" } },
          ],
        },
      },
      [
        "input.trackingOptions.customTrackingParameters.0.static.name",
        "input.trackingOptions.customTrackingParameters.1.dynamic.filledWith",
      ],
    ],
    [
      "four buttons",
      push({ actionButtons: [button, button, button, button] }),
      ["input.messages.0.mobilePush.content.actionButtons"],
    ],
    [
      "a label of 41 characters",
      push({ actionButtons: [{ ...button, label: "x".repeat(41) }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.label"],
    ],
    [
      "a button that leads nowhere",
      push({ actionButtons: [{ label: "Go", action: "OPEN_URL" }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "a button that leads somewhere though it opens the app",
      push({ actionButtons: [{ ...button, url: "https://shop.example" }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "an address that is too long",
      push({ actionButtons: [{ label: "Go", action: "DEEP_LINK", url: `shop://${"x".repeat(2_048)}` }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "a script for an address",
      push({ actionButtons: [{ label: "Go", action: "OPEN_URL", url: "javascript:alert(1)" }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "positions with a gap",
      push({
        actionButtons: [
          { ...button, position: 0 },
          { ...button, position: 2 },
        ],
      }),
      ["input.messages.0.mobilePush.content.actionButtons"],
    ],
    [
      "a position for one of two",
      push({ actionButtons: [button, { ...button, position: 1 }] }),
      ["input.messages.0.mobilePush.content.actionButtons"],
    ],
    [
      "a key twice",
      {
        messages: [
          {
            silentMobilePush: {
              keyValuePairs: [
                { key: "a", value: "1" },
                { key: "a", value: "2" },
              ],
            },
          },
        ],
      },
      ["input.messages.0.silentMobilePush.keyValuePairs"],
    ],
    [
      "an image that is none, and a web address without a scheme",
      {
        messages: [
          {
            mobilePush: {
              content: { body: "B" },
              imageId: "a b",
              options: { onOpen: { openWebUrl: "shop.example" } },
            },
          },
        ],
      },
      ["input.messages.0.mobilePush.options.onOpen.openWebUrl", "input.messages.0.mobilePush.imageId"],
    ],
    [
      "faults everywhere",
      { name: "", audiences: { included: ["?"] }, messages: [{ email: {} }, { sms: { imageId: "?" } }] },
      ["input.name", "input.audiences.included", "input.messages.1.sms.imageId"],
    ],
  ])("%s", async (_, input, paths) => {
    await using gateway = await startWithDraft();
    const { code, fields } = await inputErrorOf(gateway, CREATE, { input: { ...EMAIL, ...input } });
    expect(code).toBe("BAD_USER_INPUT");
    expect([...new Set(fields.map(({ field }: { field: string }) => field))]).toEqual(paths);
  });

  test.each([
    ["none", {}],
    ["two", { email: {}, sms: {} }],
    ["null", { email: null }],
  ])("%s of what must be exactly one", async (_, message) => {
    await using gateway = await startWithDraft();
    const error = await inputErrorOf(gateway, CREATE, { input: { ...EMAIL, messages: [message] } });
    expect(error).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "input" }] });
  });

  test("two of what must be exactly one, written into the document", async () => {
    await using gateway = await startWithDraft();
    const document = `mutation { createCampaign(input: { name: "x", audiences: { included: [] }, messages: [{ email: {}, sms: {} }] }) { outcome } }`;
    expect(await inputErrorOf(gateway, document, {})).toMatchObject({ code: "GRAPHQL_VALIDATION_FAILED" });
  });
});
