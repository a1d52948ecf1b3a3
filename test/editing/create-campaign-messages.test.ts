import { describe, expect, test } from "@jest/globals";
import { messageOf } from "./new-campaigns.js";

describe("createCampaign", () => {
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
