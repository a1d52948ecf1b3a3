import { describe, expect, test } from "@jest/globals";
import { createBody, imageOf, messageData, post, withMessages } from "./campaign-bodies.js";
import { attributesOf, faultsOf, idOf, idsOf } from "./read-answer.js";
import { start } from "./start-simulator.js";

const CAMPAIGNS = "/api/campaigns";
const AT = "/data/attributes";
const DEFINITION = `${AT}/campaign-messages/data/0/attributes/definition`;

describe("creating a campaign", () => {
  test("answers the draft with defaults for what was left out", async () => {
    const { call } = await start();
    const answer = await call(CAMPAIGNS, post(createBody()));
    expect(answer.status).toBe(201);
    expect(attributesOf(answer)).toEqual({
      name: "New",
      status: "Draft",
      archived: false,
      audiences: { included: ["Y6nRLr"], excluded: [] },
      send_options: { use_smart_sending: true },
      tracking_options: {
        add_tracking_params: true,
        custom_tracking_params: [],
        is_tracking_clicks: true,
        is_tracking_opens: true,
      },
      send_strategy: { method: "immediate" },
      created_at: "2026-11-22T12:00:00.000+00:00",
      scheduled_at: null,
      updated_at: "2026-11-22T12:00:00.000+00:00",
      send_time: null,
    });
    expect(idOf(answer)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  test("gives every campaign and message an id of its own", async () => {
    const { call } = await start();
    const answers = [await call(CAMPAIGNS, post(createBody())), await call(CAMPAIGNS, post(createBody()))];
    const messages = await Promise.all(
      answers.map((answer) => call(`${CAMPAIGNS}/${idOf(answer)}/relationships/campaign-messages`)),
    );
    expect(new Set([...answers.map(idOf), ...messages.flatMap(idsOf)]).size).toBe(4);
  });

  test.each([
    ["static", { method: "static", datetime: "2026-12-01T08:00:00+02:00" }],
    ["static, local", { method: "static", datetime: "2026-12-01T08:00:00Z", options: { is_local: true } }],
    ["throttled", { method: "throttled", datetime: "2026-12-01T08:00:00Z", throttle_percentage: 25 }],
    ["smart send time", { method: "smart_send_time", date: "2026-12-01" }],
  ])("keeps a strategy that is %s", async (_, strategy) => {
    const { call } = await start();
    const answer = await call(CAMPAIGNS, post(createBody({ send_strategy: strategy })));
    expect(attributesOf(answer)["send_strategy"]).toEqual(strategy);
  });

  test.each([
    ["sms", { channel: "sms", content: { body: "Hi" } }, { shorten_links: true }],
    ["mobile_push", { channel: "mobile_push", content: { body: "Hi" } }, undefined],
    ["mobile_push", { channel: "mobile_push", kv_pairs: { a: "b" } }, undefined],
  ])("makes a campaign of channel %s from its message: %j", async (channel, definition, rendering) => {
    const { call } = await start();
    const created = await call(CAMPAIGNS, post(withMessages(messageData(definition))));
    const list = await call(`${CAMPAIGNS}/${idOf(created)}/campaign-messages`);
    expect(list.json["data"]?.[0]?.["attributes"]?.["definition"]).toMatchObject({
      ...definition,
      channel,
      ...(rendering && { render_options: rendering }),
    });
  });

  test("a push without content is silent, and one with content standard", async () => {
    const { call } = await start();
    const typeOf = async (definition: object) => {
      const created = await call(CAMPAIGNS, post(withMessages(messageData({ channel: "mobile_push", ...definition }))));
      const list = await call(`${CAMPAIGNS}/${idOf(created)}/campaign-messages`);
      return list.json["data"]?.[0]?.["attributes"]?.["definition"]?.["notification_type"];
    };
    expect([await typeOf({}), await typeOf({ content: { body: "Hi" } })]).toEqual(["silent", "standard"]);
  });

  test.each([
    ["no data", {}, 400, ["/data"]],
    ["another type", { data: { ...createBody().data, type: "flow" } }, 400, ["/data/type"]],
    ["an id", { data: { ...createBody().data, id: "a" } }, 400, ["/data/id"]],
    ["no name", createBody({ name: undefined }), 400, [`${AT}/name`]],
    ["a name that is a number", createBody({ name: 5 }), 400, [`${AT}/name`]],
    ["an unknown field", createBody({ colour: "red" }), 400, [`${AT}/colour`]],
    ["no audiences", createBody({ audiences: {} }), 400, [`${AT}/audiences/included`]],
    [
      "an audience that does not exist",
      createBody({ audiences: { included: ["Y6nRLr", "zz"] } }),
      404,
      [`${AT}/audiences/included/1`],
    ],
    ["no messages", withMessages(), 400, [`${AT}/campaign-messages/data`]],
    ["an unknown channel", withMessages(messageData({ channel: "fax" })), 400, [`${DEFINITION}/channel`]],
    [
      "a subject in a text message",
      withMessages(messageData({ channel: "sms", content: { subject: "a" } })),
      400,
      [`${DEFINITION}/content/subject`],
    ],
    [
      "a standard push without a body",
      withMessages(messageData({ channel: "mobile_push", content: {} })),
      400,
      [`${DEFINITION}/content/body`],
    ],
    [
      "a silent push with content",
      withMessages(messageData({ channel: "mobile_push", notification_type: "silent", content: { body: "a" } })),
      400,
      [`${DEFINITION}/content`],
    ],
    [
      "a link without its type",
      withMessages(
        messageData({ channel: "mobile_push", content: { body: "a" }, options: { on_open: { web_url: "https://a" } } }),
      ),
      400,
      [`${DEFINITION}/options/on_open/type`],
    ],
    [
      "a badge without its value",
      withMessages(
        messageData({
          channel: "mobile_push",
          content: { body: "a" },
          options: { badge: { display: true, badge_options: { badge_config: "set_count" } } },
        }),
      ),
      400,
      [`${DEFINITION}/options/badge/badge_options/value`],
    ],
    [
      "buttons with a gap",
      withMessages(
        messageData({
          channel: "mobile_push",
          content: { body: "a", action_buttons: [{ label: "a", action_type: "dismiss", position: 1 }] },
        }),
      ),
      400,
      [`${DEFINITION}/content/action_buttons`],
    ],
    [
      "a picture for an e-mail",
      withMessages(messageData({ channel: "email" }, imageOf("7"))),
      400,
      [`${AT}/campaign-messages/data/0/relationships/image/data/id`],
    ],
    [
      "a picture that does not exist",
      withMessages(messageData({ channel: "sms" }, imageOf("8"))),
      404,
      [`${AT}/campaign-messages/data/0/relationships/image/data/id`],
    ],
    [
      "messages of two channels",
      withMessages(messageData({ channel: "email" }), messageData({ channel: "sms" })),
      400,
      [`${AT}/campaign-messages/data/1/attributes/definition/channel`],
    ],
    ["an unknown strategy", createBody({ send_strategy: { method: "later" } }), 400, [`${AT}/send_strategy/method`]],
    [
      "a strategy of another shape",
      createBody({ send_strategy: { method: "immediate", datetime: "2026-12-01T08:00:00Z" } }),
      400,
      [`${AT}/send_strategy/datetime`],
    ],
    [
      "an illegal percentage",
      createBody({ send_strategy: { method: "throttled", datetime: "2026-12-01T08:00:00Z", throttle_percentage: 30 } }),
      400,
      [`${AT}/send_strategy/throttle_percentage`],
    ],
    [
      "a local time that is not UTC",
      createBody({
        send_strategy: { method: "static", datetime: "2026-12-01T08:00:00+02:00", options: { is_local: true } },
      }),
      400,
      [`${AT}/send_strategy/datetime`],
    ],
    [
      "an unknown tracking value",
      createBody({ tracking_options: { custom_tracking_params: [{ type: "dynamic", name: "a", value: "b" }] } }),
      400,
      [`${AT}/tracking_options/custom_tracking_params/0/value`],
    ],
    [
      "opens of a push",
      {
        data: {
          ...createBody({
            tracking_options: {},
            "campaign-messages": { data: [messageData({ channel: "mobile_push" })] },
          }).data,
        },
      },
      400,
      [`${AT}/tracking_options`],
    ],
    [
      "two faults",
      createBody({ name: null, send_options: { use_smart_sending: "yes" } }),
      400,
      [`${AT}/name`, `${AT}/send_options/use_smart_sending`],
    ],
  ])("with %s is refused, and creates nothing", async (_, body, status, pointers) => {
    const { call } = await start({ campaigns: [] });
    const answer = await call(CAMPAIGNS, post(body));
    expect(faultsOf(answer)).toEqual([status, ...pointers]);
    expect((await call("/control/campaigns")).json).toEqual([]);
  });
});
