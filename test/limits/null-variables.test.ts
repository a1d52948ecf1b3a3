import { describe, expect, test } from "@jest/globals";
import { ID } from "../support/cancel.js";
import { post, startGateway } from "../support/gateway.js";

const ONE = `query One($id: ID!, $x: Boolean = true, $y: Boolean = false) {
  campaign(id: $id) { id name @include(if: $x) ...Rest @skip(if: $y) }
}
fragment Rest on Campaign { status }`;
const CANCEL = `mutation Stop($id: ID!, $x: Boolean = true) {
  cancelCampaignSend(id: $id, revision: "2026-07-15", action: CANCEL) @include(if: $x) { outcome }
}`;
const message = (name: string) =>
  `Variable "$${name}" must not be null: it stands where a value is needed. Leave it out for the default.`;

async function startWithOne() {
  return startGateway({ simulator: { campaigns: [{ id: ID, status: "Sending" }] } });
}

describe("a variable on which @skip or @include depends, and which is null", () => {
  test("is named to its client, with the way out, and nothing is asked of Klaviyo", async () => {
    await using gateway = await startWithOne();
    const { status, body } = await gateway.query(ONE, { id: ID, x: null });
    expect(status).toBe(200);
    const extensions = { code: "BAD_USER_INPUT", fields: [{ field: "x", message: message("x") }] };
    expect(body).toEqual({ errors: [{ message: message("x"), locations: [{ line: 1, column: 21 }], extensions }] });
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("is no incident of the gateway's", async () => {
    await using gateway = await startWithOne();
    await gateway.query(ONE, { id: ID, x: null });
    expect(gateway.logs.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  test("is told with all others that are, also those of fragments", async () => {
    await using gateway = await startWithOne();
    const { body } = await gateway.query(ONE, { id: ID, x: null, y: null });
    const fields = ["x", "y"].map((field) => ({ field, message: message(field) }));
    expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT", fields });
  });

  test("is HTTP 400 for who can tell it from a proxy's, as other variables that do not fit", async () => {
    await using gateway = await startWithOne();
    const headers = { accept: "application/graphql-response+json" };
    expect((await gateway.query(ONE, { id: ID, x: null }, headers)).status).toBe(400);
    expect((await gateway.query(ONE, { id: ID, x: "yes" }, headers)).status).toBe(400);
  });

  test("stops a cancel before it is sent", async () => {
    await using gateway = await startWithOne();
    const { body } = await gateway.query(CANCEL, { id: ID, x: null });
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("is no fault in an operation of which nothing depends on it", async () => {
    await using gateway = await startWithOne();
    const query = `query One($x: String) { campaigns(channel: EMAIL, after: $x) { nodes { id } } }
      query Other($x: Boolean = true) { ...Named }
      fragment Named on Query { campaign(id: "${ID}") { name @include(if: $x) } }`;
    for (let time = 0; time < 2; time++) {
      const { body } = await post(gateway.url, { query, operationName: "One", variables: { x: null } });
      expect(body).toEqual({ data: { campaigns: { nodes: [{ id: ID }] } } });
    }
  });
});

describe("an argument that is null where it may not be is refused in the same way", () => {
  const stop = `cancelCampaignSend(id: $id, revision: "2026-07-15", action: CANCEL) { outcome }`;
  test.each<[string, string, string]>([
    ["alone", `query Q($id: ID = "A") { campaign(id: $id) { id } }`, "id"],
    ["in a fragment", `query Q($id: ID = "A") { ...Q } fragment Q on Query { campaign(id: $id) { id } }`, "id"],
    ["in a list", `query Q($c: CampaignChannel = EMAIL) { campaignsOfChannels(channels: [$c]) { nodes { id } } }`, "c"],
    [
      "in an input object",
      `mutation M($name: ID = "A") { updateCampaign(id: "A", input: { audiences: { included: [$name] } }) { outcome } }`,
      "name",
    ],
    ["of a cancel", `mutation M($id: ID = "A") { ${stop} }`, "id"],
  ])("%s", async (_, query, name) => {
    await using gateway = await startWithOne();
    await gateway.query(query);
    const { length } = gateway.simulator.requests;
    for (let time = 0; time < 2; time++) {
      const { body } = await gateway.query(query, { [name]: null });
      const extensions = { code: "BAD_USER_INPUT", fields: [{ field: name, message: message(name) }] };
      expect(body).toMatchObject({ errors: [{ message: message(name), extensions }] });
      expect(body).not.toHaveProperty("data");
    }
    expect(gateway.simulator.requests).toHaveLength(length);
  });

  test("and one that may be null is not", async () => {
    await using gateway = await startWithOne();
    const query =
      "query Q($n: Int = 1, $after: String) { campaigns(channel: EMAIL, first: $n, after: $after) { nodes { id } } }";
    expect((await gateway.query(query, { n: null, after: null })).body).toEqual({
      data: { campaigns: { nodes: [{ id: ID }] } },
    });
  });
});
