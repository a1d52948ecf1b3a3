import { describe, expect, test } from "@jest/globals";
import {
  answerWith,
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

const UPDATE = `mutation ($id: ID!, $input: CampaignUpdateInput!) {
  updateCampaign(id: $id, input: $input) { ${PROBLEM} campaign { id name } }
}`;

function campaign(attributes: object, relationships: object = {}): object {
  return { data: { type: "campaign", id: ID, attributes, relationships } };
}

const UPDATED = answerWith(200, campaign({ name: "New" }));

function update(gateway: Parameters<typeof payloadOf>[0], input: object) {
  return payloadOf(gateway, UPDATE, { id: ID, input });
}

/** What an input becomes on the wire. */
async function attributesOf(input: object): Promise<object> {
  await using gateway = await startWithDraft(onWrite(UPDATED));
  await update(gateway, input);
  return JSON.parse(writes(gateway)[0]?.body ?? "").data.attributes;
}

describe("updateCampaign", () => {
  test("asks Klaviyo in its words and gives the campaign as it answered it, with no more calls", async () => {
    await using gateway = await startWithDraft(onWrite(UPDATED));
    expect(await update(gateway, { name: "New" })).toEqual({
      outcome: "DONE",
      problem: null,
      campaign: { id: ID, name: "New" },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: `PATCH /api/campaigns/${ID}`,
        query: "fields[campaign]=name",
        contentType: "application/vnd.api+json",
        body: { data: { type: "campaign", id: ID, attributes: { name: "New" } } },
      },
    ]);
    expect(gateway.logs.filter((line) => line["audit"] === "updateCampaign")).toMatchObject([
      { targetId: ID, outcome: "DONE" },
    ]);
    expect(gateway.rawLogs.join("")).not.toContain('"New"');
  });

  test.each([
    [{ sendStrategy: null }, { send_strategy: null }],
    [
      { sendOptions: null, trackingOptions: null },
      { send_options: null, tracking_options: null },
    ],
    [{ sendOptions: { usesSmartSending: null } }, { send_options: { use_smart_sending: null } }],
    [{ sendOptions: {} }, { send_options: {} }],
    [{ audiences: { excluded: null } }, { audiences: { excluded: null } }],
    [{ audiences: { excluded: [] } }, { audiences: { excluded: [] } }],
    [{ audiences: { included: ["Y6nRLr"] } }, { audiences: { included: ["Y6nRLr"] } }],
    [
      { trackingOptions: { customTrackingParameters: null, isTrackingOpens: true } },
      { tracking_options: { custom_tracking_params: null, is_tracking_opens: true } },
    ],
  ])("tells what is left out from null: %j", async (input, attributes) => {
    expect(await attributesOf(input)).toEqual(attributes);
  });

  test("reads it once more where what it links to is selected", async () => {
    const mutation = `mutation ($id: ID!) { updateCampaign(id: $id, input: { name: "New" }) { campaign { name tags { name } } } }`;
    const read = {
      ...campaign({ name: "New" }, { tags: { data: [{ type: "tag", id: "t" }] } }),
      included: [{ type: "tag", id: "t", attributes: { name: "vip" } }],
    };
    await using gateway = await startWithDraft([...onWrite(UPDATED), onRead(answerWith(200, read))]);
    const { body } = await gateway.query(mutation, { id: ID });
    expect(body).toEqual({ data: { updateCampaign: { campaign: { name: "New", tags: [{ name: "vip" }] } } } });
    expect(queriesOfReads(gateway)).toEqual([
      `/api/campaigns/${ID}?fields[campaign]=name&fields[tag]=name&include=tags`,
    ]);
  });

  test("is DONE though what it links to cannot be read: that field alone is an error", async () => {
    const mutation = `mutation ($id: ID!) { updateCampaign(id: $id, input: { name: "New" }) { outcome campaign { name tags { name } } } }`;
    await using gateway = await startWithDraft([
      ...onWrite(UPDATED),
      onRead({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    const { body } = await gateway.query(mutation, { id: ID });
    expect(body.data.updateCampaign).toMatchObject({ outcome: "DONE", campaign: { name: "New", tags: null } });
    expect(body.errors[0].path).toEqual(["updateCampaign", "campaign", "tags"]);
  });

  test("is not hidden from later mutations of the same request by what was read before", async () => {
    const mutation = `mutation ($id: ID!) {
      a: updateCampaign(id: $id, input: { name: "New" }) { campaign { sendJob { id } } }
      b: sendCampaign(id: $id) { campaign { sendJob { id } } }
      c: cancelCampaignSend(id: $id, revision: "2026-07-15", action: CANCEL) { campaign { sendJob { status } } }
    }`;
    await using gateway = await startWithDraft([], { settleAfterMs: 0 });
    const { body } = await gateway.query(mutation, { id: ID });
    expect(body.data).toEqual({
      a: { campaign: { sendJob: null } },
      b: { campaign: { sendJob: { id: ID } } },
      c: { campaign: { sendJob: { status: "CANCELLED" } } },
    });
  });
});

describe("an update that Klaviyo refuses", () => {
  test.each([
    ["NOT_FOUND", refusal(404)],
    ["NOT_ACCEPTED", refusal(400)],
    ["NOT_ACCEPTED", refusal(422)],
    ["CONFLICT", refusal(409)],
    ["FORBIDDEN", refusal(403)],
  ] as const)("is REFUSED with %s, asked once", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await update(gateway, { name: "New" })).toMatchObject({
      outcome: "REFUSED",
      campaign: null,
      problem: { code, message: expect.stringContaining("Nothing was changed") },
    });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("because of an audience that does not exist is not called that of a campaign that does not", async () => {
    await using gateway = await startWithDraft();
    const { problem } = await update(gateway, { audiences: { included: ["NONE"] } });
    expect(problem.message).toBe(
      `Nothing was changed: Klaviyo has no campaign ${ID}, or no such thing as one of those that the input names.`,
    );
    expect(problem.fields).toMatchObject([{ path: "input.audiences.included" }]);
    const other = await payloadOf(gateway, UPDATE, { id: "NONE", input: { name: "New" } });
    expect(other.problem.message).toBe("Nothing was changed: Klaviyo has no campaign NONE.");
  });

  test("names the argument", async () => {
    const answer = refusal(400, { source: { pointer: "/data/attributes/send_strategy/date" }, detail: "In the past." });
    await using gateway = await startWithDraft(onWrite(answer));
    const { problem } = await update(gateway, { sendStrategy: { smartSendTime: { date: "2020-01-01" } } });
    expect(problem.fields).toEqual([{ path: "input.sendStrategy.smartSendTime.date", message: "In the past." }]);
  });

  test("is asked again after a 429, when the wait is over", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "status", status: 429, headers: { "retry-after": "2" } }),
      ...onWrite(UPDATED),
    ]);
    expect(await update(gateway, { name: "New" })).toMatchObject({ outcome: "DONE" });
    expect(writes(gateway)).toHaveLength(2);
    expect(gateway.clock.now()).toBe(2_000);
  });
});

describe("an update whose answer is lost", () => {
  test.each(UNCERTAIN)("(%s) is DONE when the campaign is seen to be as it should", async (_, answer) => {
    const read = onRead(answerWith(200, campaign({ name: "New" })), { times: "always" });
    await using gateway = await startWithDraft([...onWrite(answer), read]);
    passTimeOnWrites(gateway);
    expect(await update(gateway, { name: "New" })).toEqual({
      outcome: "DONE",
      problem: null,
      campaign: { id: ID, name: "New" },
    });
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN when it is not, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    const payload = await update(gateway, { name: "New" });
    expect(payload).toMatchObject({ outcome: "UNKNOWN", campaign: { id: ID, name: "Sale" } });
    expect(payload.problem.message).toContain("Asking again is harmless");
    expect(writes(gateway)).toHaveLength(1);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });

  test("is DONE when Klaviyo is slow to show it", async () => {
    const read = (name: string) => onRead(answerWith(200, campaign({ name })), { times: 2 });
    const fault = onWrite({ kind: "status", status: 503 });
    await using gateway = await startWithDraft([...fault, read("Sale"), read("New")]);
    expect(await update(gateway, { name: "New" })).toMatchObject({ outcome: "DONE" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("reads what was written besides what is selected, and compares all of it", async () => {
    const input = {
      sendStrategy: { static: { sendAt: "2026-12-24T10:00:00+02:00", isLocal: true } },
      audiences: { included: ["a", "b"], excluded: null },
    };
    const now = {
      name: "Sale",
      audiences: { included: ["b", "a"], excluded: [] },
      send_strategy: { method: "static", datetime: "2026-12-24T08:00:00+00:00", options: { is_local: true } },
    };
    const answer = (attributes: object) => onRead(answerWith(200, campaign(attributes)), { times: "always" });
    const fault = onWrite({ kind: "reset" });
    await using unlike = await startWithDraft([...fault, answer({ ...now, audiences: { included: ["a"] } })]);
    expect(await update(unlike, input)).toMatchObject({ outcome: "UNKNOWN", campaign: { name: "Sale" } });
    expect(queriesOfReads(unlike)[0]).toBe(`/api/campaigns/${ID}?fields[campaign]=audiences,name,send_strategy`);
    const alike = { ...now, audiences: { included: ["b", "a"], excluded: null } };
    await using gateway = await startWithDraft([...fault, answer(alike)]);
    expect(await update(gateway, input)).toMatchObject({ outcome: "DONE", campaign: { name: "Sale" } });
  });

  test("is REFUSED when there is no such campaign", async () => {
    const gone = onRead(refusal(404), { times: "always" });
    await using gateway = await startWithDraft([...onWrite({ kind: "reset" }), gone]);
    const payload = await update(gateway, { name: "New" });
    expect(payload).toMatchObject({ outcome: "REFUSED", problem: { code: "NOT_FOUND" }, campaign: null });
  });

  test("is UNKNOWN when the campaign cannot be looked at", async () => {
    const broken = onRead({ kind: "status", status: 503 }, { times: "always" });
    await using gateway = await startWithDraft([...onWrite({ kind: "reset" }), broken]);
    expect(await update(gateway, { name: "New" })).toMatchObject({ outcome: "UNKNOWN", campaign: null });
    expect(writes(gateway)).toHaveLength(1);
  });
});

describe("what is not an update never reaches Klaviyo", () => {
  test.each<[string, object, string[]]>([
    ["nothing", {}, ["input"]],
    ["audiences of nothing", { name: "New", audiences: {} }, ["input.audiences"]],
    ["a name that is null", { name: null }, ["input.name"]],
    ["an empty name", { name: "" }, ["input.name"]],
    ["audiences that are null", { audiences: null }, ["input.audiences"]],
    ["included audiences that are null", { audiences: { included: null } }, ["input.audiences.included"]],
  ])("%s", async (_, input, paths) => {
    await using gateway = await startWithDraft();
    const { code, fields } = await inputErrorOf(gateway, UPDATE, { id: ID, input });
    expect(code).toBe("BAD_USER_INPUT");
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(paths);
  });

  test("names the id along with the rest", async () => {
    await using gateway = await startWithDraft();
    const { fields } = await inputErrorOf(gateway, UPDATE, { id: "..", input: {} });
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(["id", "input"]);
  });
});
