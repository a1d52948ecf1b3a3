import { describe, expect, test } from "@jest/globals";
import { assignBody, imageOf, messageBody, patch, post } from "./campaign-bodies.js";
import { attributesOf, faultsOf, idsOf } from "./read-answer.js";
import { listPath, start, type Started } from "./start-simulator.js";

const EMAIL = "/api/campaign-messages/e-mail";
const TEXT = "/api/campaign-messages/text";
const ASSIGN = "/api/campaign-message-assign-template";
const DEFINITION = "/data/attributes/definition";

const startMessages = (): Promise<Started> =>
  start({
    campaigns: [
      { id: "E", status: "Draft", messages: [{ id: "e-mail", text: "Hello" }, { id: "second" }] },
      { id: "S", status: "Draft", channel: "sms", messages: [{ id: "text", text: "Hi", imageId: "7" }] },
      { id: "P", status: "Draft", channel: "mobile_push", messages: [{ id: "push", text: "Ding" }] },
      { id: "X", status: "Sending", messages: [{ id: "running", templateId: "RipRmi" }] },
    ],
  });

const definitionOf = async ({ call }: Started, path: string) => attributesOf(await call(path))["definition"];

describe("reading messages", () => {
  test("brings along what is included, with linkage to it alone", async () => {
    const { call } = await startMessages();
    const { json } = await call(`${TEXT}?include=campaign,image&fields[image]=name&fields[campaign]=status`);
    expect(json["included"]).toMatchObject([
      { type: "campaign", id: "S", attributes: { status: "Draft" } },
      { type: "image", id: "7", attributes: { name: "Logo" } },
    ]);
    expect(json["data"]?.["relationships"]?.["image"]?.["data"]).toEqual({ type: "image", id: "7" });
    expect((await call(TEXT)).json["data"]?.["relationships"]?.["image"]).not.toHaveProperty("data");
  });

  test("all of a campaign, or their ids", async () => {
    const { call } = await startMessages();
    expect(idsOf(await call("/api/campaigns/E/campaign-messages"))).toEqual(["e-mail", "second"]);
    expect((await call("/api/campaigns/E/relationships/campaign-messages")).json["data"]).toEqual([
      { type: "campaign-message", id: "e-mail" },
      { type: "campaign-message", id: "second" },
    ]);
  });

  test.each([
    ["running/campaign", "X"],
    ["running/relationships/campaign", "X"],
    ["running/template", "RipRmi"],
    ["running/relationships/template", "RipRmi"],
    ["text/image", "7"],
    ["text/relationships/image", "7"],
  ])("%s leads to %s", async (path, id) => {
    const { call } = await startMessages();
    const answer = await call(`/api/campaign-messages/${path}`);
    expect([answer.status, answer.json["data"]?.["id"]]).toEqual([200, id]);
  });

  test.each([
    ["e-mail/template", 200],
    ["e-mail/relationships/template", 200],
    ["push/relationships/image", 200],
    ["push/image", 404],
    ["unknown/image", 404],
    ["unknown", 404],
  ])("%s leads nowhere, with a %i", async (path, status) => {
    const { call } = await startMessages();
    const answer = await call(`/api/campaign-messages/${path}`);
    expect([answer.status, answer.json["data"]]).toEqual([status, status === 200 ? null : undefined]);
  });

  test.each([
    [`${EMAIL}?include=template`, "templates:read"],
    [`${EMAIL}?include=image`, "images:read"],
    [`${EMAIL}/template`, "templates:read"],
    [`${TEXT}/image`, "images:read"],
  ])("%s needs %s", async (path, scope) => {
    const apiKeys = { pk_test: ["campaigns:read"] };
    const { call } = await start({
      apiKeys,
      campaigns: [{ id: "S", status: "Draft", messages: [{ id: "text" }, { id: "e-mail" }] }],
    });
    const answer = await call(path);
    expect([answer.status, answer.text.includes(scope)]).toEqual([403, true]);
  });
});

describe("updating a message", () => {
  test("merges content and keeps what was not sent", async () => {
    const started = await startMessages();
    const body = messageBody("e-mail", { channel: "email", content: { preview_text: "Look", from_label: null } });
    expect((await started.call(EMAIL, patch(body))).status).toBe(200);
    expect(await definitionOf(started, EMAIL)).toMatchObject({
      label: "Default message",
      content: { subject: "Hello", preview_text: "Look", from_label: null, from_email: "shop@example.com" },
    });
  });

  test("replaces key-value pairs as a whole, and a push of the other kind entirely", async () => {
    const started = await startMessages();
    const path = "/api/campaign-messages/push";
    await started.call(path, patch(messageBody("push", { channel: "mobile_push", kv_pairs: { a: 1 }, content: {} })));
    await started.call(path, patch(messageBody("push", { channel: "mobile_push", kv_pairs: { b: 2 }, content: {} })));
    const standard = await definitionOf(started, path);
    expect([standard?.["kv_pairs"], standard?.["content"]?.["title"]]).toEqual([{ b: 2 }, "Ding"]);
    const silent = { channel: "mobile_push", notification_type: "silent", kv_pairs: { c: 3 } };
    await started.call(path, patch(messageBody("push", silent)));
    expect(await definitionOf(started, path)).toEqual(silent);
  });

  test("sets a picture beside the definition", async () => {
    const { call } = await startMessages();
    expect((await call(TEXT, patch(messageBody("text", null, imageOf("14254"))))).status).toBe(200);
    expect((await call(`${TEXT}/image`)).json["data"]?.["id"]).toBe("14254");
  });

  test.each([
    ["another channel", messageBody("e-mail", { channel: "sms" }), 400, `${DEFINITION}/channel`],
    [
      "a field of another channel",
      messageBody("e-mail", { channel: "email", render_options: {} }),
      400,
      `${DEFINITION}/render_options`,
    ],
    ["another id", messageBody("other", null), 409, "/data/id"],
    ["a picture", messageBody("e-mail", null, imageOf("7")), 400, "/data/relationships/image/data/id"],
  ])("is refused with %s", async (_, body, status, pointer) => {
    const { call } = await startMessages();
    expect(faultsOf(await call(EMAIL, patch(body)))).toEqual([status, pointer]);
  });

  test("is refused while its campaign is being sent, in every way there is", async () => {
    const { call } = await startMessages();
    const answers = [
      await call("/api/campaign-messages/running", patch(messageBody("running", null))),
      await call(ASSIGN, post(assignBody("running"))),
    ];
    expect(answers.map(faultsOf)).toEqual([
      [400, "/data"],
      [400, "/data"],
    ]);
  });
});

describe("assigning a template", () => {
  test("answers the shape that messages had before 2025", async () => {
    const { call } = await startMessages();
    const answer = await call(ASSIGN, post(assignBody("e-mail")));
    expect([answer.status, attributesOf(answer)]).toEqual([
      200,
      {
        label: "Default message",
        channel: "email",
        content: expect.objectContaining({ subject: "Hello" }),
        render_options: null,
        send_times: [],
        created_at: expect.any(String),
        updated_at: "2026-11-22T12:00:00.000+00:00",
      },
    ]);
  });

  test("knows the fieldset of that shape, not today's", async () => {
    const { call } = await startMessages();
    const old = await call(`${ASSIGN}?fields[campaign-message]=content.subject`, post(assignBody("e-mail")));
    const today = await call(`${ASSIGN}?fields[campaign-message]=definition`, post(assignBody("e-mail")));
    expect(attributesOf(old)).toEqual({ content: { subject: "Hello" } });
    expect(faultsOf(today)).toEqual([400, "fields[campaign-message]"]);
  });

  test("gives the message a copy that is found by its id but in no list", async () => {
    const { call } = await startMessages();
    await call(ASSIGN, post(assignBody("e-mail")));
    const copyId = String((await call(`${EMAIL}/relationships/template`)).json["data"]?.["id"]);
    const copy = await call(`/api/templates/${copyId}`);
    expect(copyId).toMatch(/^[0-9A-Z]{6}$/);
    expect(attributesOf(copy)["name"]).toBe("Newsletter with three articles");
    const byId = `/api/templates?${new URLSearchParams({ filter: `any(id,["${copyId}","RipRmi"])` })}`;
    expect([idsOf(await call("/api/templates")), idsOf(await call(byId))]).toEqual([["RipRmi", "TmP4sA"], ["RipRmi"]]);
  });

  test.each([
    ["an unknown template", assignBody("e-mail", "zz"), 404, "/data/relationships/template/data/id"],
    ["an unknown message", assignBody("zz"), 404, "/data"],
    ["a text message", assignBody("text"), 400, "/data/id"],
    [
      "no template",
      { data: { type: "campaign-message", id: "e-mail", relationships: { template: {} } } },
      400,
      "/data/relationships/template/data",
    ],
  ])("is refused for %s", async (_, body, status, pointer) => {
    const { call } = await startMessages();
    expect(faultsOf(await call(ASSIGN, post(body)))).toEqual([status, pointer]);
  });
});

describe("setting the image of a message", () => {
  const body = (id: string) => patch({ data: { type: "image", id } });

  test("answers 204 without a body and can be read at once", async () => {
    const { call } = await startMessages();
    const answer = await call("/api/campaign-messages/push/relationships/image", body("14254"));
    expect([answer.status, answer.text, answer.headers.get("content-type")]).toEqual([204, "", null]);
    expect((await call("/api/campaign-messages/push/image")).json["data"]?.["id"]).toBe("14254");
  });

  test.each([
    ["push", "zz", 404],
    ["e-mail", "7", 400],
  ])("is refused for %s with %s", async (message, image, status) => {
    const { call } = await startMessages();
    const answer = await call(`/api/campaign-messages/${message}/relationships/image`, body(image));
    expect(faultsOf(answer)).toEqual([status, "/data/id"]);
  });
});

test("messages that ride along with campaigns are the edited ones", async () => {
  const { call } = await startMessages();
  await call(EMAIL, patch(messageBody("e-mail", { channel: "email", content: { subject: "New" } })));
  const { json } = await call(
    listPath('and(equals(messages.channel,"email"),any(id,["E"]))', { include: "campaign-messages" }),
  );
  expect(json["included"]?.[0]?.["attributes"]?.["definition"]?.["content"]?.["subject"]).toBe("New");
});
