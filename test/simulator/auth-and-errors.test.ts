import { connect } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { CAMPAIGN_ID, start, stopBody } from "./start-simulator.js";

const CAMPAIGN = `/api/campaigns/${CAMPAIGN_ID}`;
const JOB = `/api/campaign-send-jobs/${CAMPAIGN_ID}`;

describe("keys and scopes", () => {
  test.each([
    ["no key", undefined, "not_authenticated"],
    ["another scheme", "Basic pk_test", "authentication_failed"],
    ["a key that is not private", "Klaviyo-API-Key public", "authentication_failed"],
  ])("%s is answered with 401", async (_, authorization, code) => {
    const { call } = await start();
    const answer = await call(CAMPAIGN, { headers: { authorization } });
    expect([answer.status, answer.json["errors"]?.[0]?.["code"]]).toEqual([401, code]);
  });

  test("only the keys that were handed in are known", async () => {
    const { call } = await start({ apiKeys: { key_a: ["campaigns:read"] } });
    const status = async (key: string) =>
      (await call(CAMPAIGN, { headers: { authorization: `Klaviyo-API-Key ${key}` } })).status;
    expect([await status("key_a"), await status("pk_b"), await status("toString")]).toEqual([200, 401, 401]);
  });

  test("a missing scope is named in the 403, and nothing is carried out", async () => {
    const { call, simulator, clock } = await start({ apiKeys: { key_a: ["campaigns:read"] } });
    const headers = { authorization: "Klaviyo-API-Key key_a" };
    const answer = await call(JOB, { method: "PATCH", body: stopBody("cancel"), headers });
    clock.advance(10_000);
    expect(answer.status).toBe(403);
    expect(answer.json["errors"]?.[0]?.["detail"]).toContain("campaigns:write");
    expect(simulator.statusOf(CAMPAIGN_ID)).toBe("Sending");
  });

  test("tags that ride along need the scope of tags", async () => {
    const { call } = await start({ apiKeys: { key_a: ["campaigns:read"] } });
    const headers = { authorization: "Klaviyo-API-Key key_a" };
    expect((await call(`${CAMPAIGN}?include=campaign-messages`, { headers })).status).toBe(200);
    expect((await call(`${CAMPAIGN}?include=tags`, { headers })).status).toBe(403);
  });
});

describe("errors", () => {
  test("have the live shape, with an integer status", async () => {
    const { call } = await start();
    const answer = await call("/api/campaigns/unknown");
    expect(answer.headers.get("content-type")).toBe("application/vnd.api+json");
    expect(answer.json).toEqual({
      errors: [
        {
          id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/),
          status: 404,
          code: "not_found",
          title: "Not found.",
          detail: "A campaign with id unknown does not exist.",
          source: { pointer: "/data" },
          links: {},
          meta: {},
        },
      ],
    });
  });

  test("tell an unknown path from a wrong method", async () => {
    const { call } = await start();
    const wrongMethod = await call(CAMPAIGN, { method: "PUT" });
    expect((await call("/api/unknown")).status).toBe(404);
    expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "GET, PATCH, DELETE"]);
  });

  test.each([
    [`/api/campaigns/%zz`, 400],
    [`/api/campaigns/%E0%A4%A`, 400],
    [`/api/campaigns/a%2Fb`, 404],
    [`/api/campaigns/%00`, 404],
    [`/api/campaigns/__proto__`, 404],
    [`${CAMPAIGN}?constructor=1`, 400],
    [`${CAMPAIGN}?fields[campaign]=%zz`, 400],
  ])("%s is answered with %i", async (path, status) => {
    const { call } = await start();
    expect((await call(path)).status).toBe(status);
  });

  test("an id is percent-decoded", async () => {
    const { call } = await start();
    expect((await call(`/api/campaigns/${CAMPAIGN_ID.replace("J", "%4A")}`)).status).toBe(200);
  });

  test.each([
    ["not JSON", "{", 400, "parse_error"],
    ["too large", JSON.stringify({ padding: "x".repeat(5_000_001) }), 413, "error"],
    ["null", "null", 400, "invalid"],
  ])("a body that is %s is refused", async (_, body, status, code) => {
    const { call } = await start();
    const answer = await call(JOB, { method: "PATCH", body });
    expect([answer.status, answer.json["errors"]?.[0]?.["code"]]).toEqual([status, code]);
  });

  test("a compressed body is an unsupported media type", async () => {
    const { call } = await start();
    const headers = { "content-encoding": "gzip" };
    expect((await call(JOB, { method: "PATCH", body: stopBody("cancel"), headers })).status).toBe(415);
  });

  test("bytes that are not HTTP do not bring it down", async () => {
    const { call, url } = await start();
    await new Promise((resolve) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.end("nonsense\r\n\r\n"));
      socket.on("close", resolve).resume();
    });
    expect((await call(CAMPAIGN)).status).toBe(200);
  });
});

describe("include and fieldsets", () => {
  test.each([
    ["include", "include=templates"],
    ["fields[campaign]", "fields[campaign]=status,colour"],
    ["fields[campaign]", "fields[campaign]="],
    ["fields[tag]", "fields[tag]=tag-group"],
    ["fields[campaign-message]", "fields[campaign-message]=content.subject"],
    ["sort", "sort=name"],
    ["include", "include=tags&include=campaign-messages"],
  ])("an illegal %s is refused by name: %s", async (parameter, query) => {
    const { call } = await start();
    const answer = await call(`${CAMPAIGN}?${query}`);
    expect([answer.status, answer.json["errors"]?.[0]?.["source"]]).toEqual([400, { parameter }]);
  });

  test("dotted fields keep only what they name, at any depth", async () => {
    const { call } = await start();
    const query =
      "include=campaign-messages&fields[campaign]=name,send_strategy.method,audiences.included" +
      "&fields[campaign-message]=definition.content.subject,definition.channel";
    const { json } = await call(`${CAMPAIGN}?${query}`);
    expect(json["data"]?.["attributes"]).toEqual({
      name: `Campaign ${CAMPAIGN_ID}`,
      send_strategy: { method: "immediate" },
      audiences: { included: ["Y6nRLr"] },
    });
    expect(json["included"]?.[0]?.["attributes"]).toEqual({
      definition: { channel: "email", content: { subject: `Campaign ${CAMPAIGN_ID}` } },
    });
  });

  test("linkage comes only with what is included, and a shared tag is included once", async () => {
    const tag = { id: "tag-1", name: "Sale" };
    const campaigns = ["a", "b"].map((id) => ({ id, status: "Draft", tags: [tag] }));
    const { call } = await start({ campaigns });
    const path = "/api/campaigns?filter=equals(messages.channel,'email')";
    const plain = await call(path);
    const full = await call(`${path}&include=tags`);
    expect(plain.json["data"]?.[0]?.["relationships"]?.["tags"]).not.toHaveProperty("data");
    expect(plain.json).not.toHaveProperty("included");
    expect(full.json["data"]?.[1]?.["relationships"]?.["tags"]?.["data"]).toEqual([{ type: "tag", id: "tag-1" }]);
    expect(full.json["included"]).toHaveLength(1);
    expect(full.json["included"]?.[0]).toMatchObject({
      type: "tag",
      id: "tag-1",
      attributes: { name: "Sale" },
    });
  });
});
