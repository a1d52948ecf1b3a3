import { describe, expect, test } from "@jest/globals";
import { CANCEL, ID } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

const SECRET = "a-secret-of-the-router";
const CAMPAIGNS = [{ id: ID, status: "Sending" as const }];

function start(): Promise<TestGateway> {
  return startGateway({ env: { AUTH: "router", AUTH_ROUTER_SECRETS: SECRET }, simulator: { campaigns: CAMPAIGNS } });
}

function as(scopes: string): Record<string, string> {
  return { "x-router-secret": SECRET, "x-caller-subject": "anna", "x-caller-scopes": scopes };
}

const VARIABLES = { id: ID, revision: "2026-07-15", action: "CANCEL" };
const PRESS = `mutation ($id: ID!, $revision: String!, $action: CampaignSendAction!) {
  cancelCampaignSend(id: $id, revision: $revision, action: $action) { outcome status }
}`;
const SEND = `mutation { sendCampaign(id: "${ID}") { outcome } }`;

describe("scopes", () => {
  test.each(["campaigns:cancel", "campaigns:write", "campaigns:read campaigns:cancel"])(
    "the button can be pressed with %s, and the audit line says by whom",
    async (scopes) => {
      await using gateway = await start();
      const { body } = await gateway.query(PRESS, VARIABLES, as(scopes));
      expect(body.data.cancelCampaignSend.outcome).toBe("STOPPED");
      expect(gateway.logs.find(({ audit }) => audit === "cancelCampaignSend")).toMatchObject({
        caller: { subject: "anna" },
      });
    },
  );

  test("who can stop a send cannot start one", async () => {
    await using gateway = await start();
    const { status, body } = await gateway.query(SEND, {}, as("campaigns:cancel campaigns:read"));
    expect(status).toBe(200);
    expect(body.errors[0]).toMatchObject({
      message: "You lack a scope that this needs: campaigns:write.",
      extensions: { code: "FORBIDDEN", missingScopes: ["campaigns:write"] },
    });
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("a cancel is not begun beside what its caller may not do: its outcome would be lost", async () => {
    await using gateway = await start();
    const both = `mutation { cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) { outcome } ${SEND.slice(11)}`;
    const { body } = await gateway.query(both, {}, as("campaigns:cancel"));
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([{ path: ["sendCampaign"], extensions: { code: "FORBIDDEN" } }]);
    expect(gateway.simulator.requests).toEqual([]);
  });

  test.each(["", "campaigns:read", "campaigns:cancel,campaigns:write", "CAMPAIGNS:WRITE", "campaigns:*"])(
    "the button cannot be pressed with `%s`, and both ways in are named",
    async (scopes) => {
      await using gateway = await start();
      const { body } = await gateway.query(PRESS, VARIABLES, as(scopes));
      expect(body.errors[0].extensions).toEqual({
        code: "FORBIDDEN",
        missingScopes: ["campaigns:cancel", "campaigns:write"],
      });
      expect(gateway.simulator.requests).toEqual([]);
    },
  );

  test("the button shows its outcome to whom may not read campaigns, but no campaign", async () => {
    await using gateway = await start();
    const { body } = await gateway.query(CANCEL, VARIABLES, as("campaigns:cancel"));
    expect(body.data.cancelCampaignSend).toMatchObject({ outcome: "STOPPED", campaign: null });
    expect(body.errors[0]).toMatchObject({
      path: ["cancelCampaignSend", "campaign"],
      extensions: { code: "FORBIDDEN" },
    });
  });

  test("what is forbidden is null, and the rest is there", async () => {
    await using gateway = await start();
    const query = `{ campaign(id: "${ID}") { status tags { name } audiences { included { __typename } } } }`;
    const { body } = await gateway.query(query, {}, as("campaigns:read lists:read"));
    expect(body.data.campaign).toMatchObject({ status: "SENDING", tags: null });
    const missing = body.errors.map(
      (error: { extensions: { missingScopes: string[] } }) => error.extensions.missingScopes,
    );
    expect(missing).toEqual(expect.arrayContaining([["tags:read"], ["segments:read"]]));
  });

  test("an entity is as closed as the way to it", async () => {
    await using gateway = await start();
    const types = [
      "Campaign",
      "CampaignSendJob",
      "CampaignMessage",
      "Template",
      "Image",
      "Tag",
      "TagGroup",
      "List",
      "Segment",
    ];
    const representations = types.map((__typename) => ({ __typename, id: ID }));
    const query = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }";
    const { body } = await gateway.query(query, { r: representations }, as("profiles:read"));
    expect(body.data._entities).toEqual(types.map(() => null));
    expect(body.errors.map((error: { extensions: { code: string } }) => error.extensions.code)).toEqual(
      types.map(() => "FORBIDDEN"),
    );
    expect(gateway.simulator.requests).toEqual([]);
  });
});
