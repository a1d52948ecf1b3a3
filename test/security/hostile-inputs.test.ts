import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { undocumentedIn } from "../support/undocumented.js";
import { sendRaw } from "../server/raw-http.js";
import { BODIES } from "./hostile/bodies.js";
import { BYTES } from "./hostile/bytes.js";
import { DOCUMENTS } from "./hostile/documents.js";
import { ENTITIES } from "./hostile/entities.js";
import { bytesOf, type HostileInput } from "./hostile/input.js";

const PRODUCTION = { env: { NODE_ENV: "production" } };

async function expectAlive(gateway: TestGateway): Promise<void> {
  const { status, body } = await gateway.query("{ __typename }");
  expect({ status, body }).toEqual({ status: 200, body: { data: { __typename: "Query" } } });
}

/** One gateway for a table: what an input leaves behind would show in what comes after it. */
function describeInputs(title: string, inputs: readonly HostileInput[]): void {
  describe(title, () => {
    let gateway: TestGateway;
    beforeAll(async () => {
      gateway = await startGateway(PRODUCTION);
    });
    afterAll(() => gateway.close());

    test.each(inputs)("%s", async (_what, sent, status, code) => {
      const answer = await sendRaw(gateway.url, bytesOf(sent));
      const body = JSON.parse(answer.body);
      expect([answer.status, body.errors[0].extensions.code]).toEqual([status, code]);
      expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(undocumentedIn(body)).toEqual([]);
      expect(gateway.simulator.requests).toEqual([]);
      // Nobody is to be woken up by it.
      expect(gateway.logs.filter(({ level }) => Number(level) > 30)).toEqual([]);
      await expectAlive(gateway);
    });
  });
}

describe("hostile inputs are answered with what docs/errors.md has, and cause nothing", () => {
  describeInputs("bytes that are no request", BYTES);
  describeInputs("requests that are no GraphQL over HTTP", BODIES);
  describeInputs("operations and variables", DOCUMENTS);
  describeInputs("entities", ENTITIES);
});

describe("hostile inputs, all together", () => {
  const inputs = [...BYTES, ...BODIES, ...DOCUMENTS, ...ENTITIES];

  test("are no two the same", () => {
    expect(new Set(inputs.map(([what]) => what)).size).toBe(inputs.length);
    expect(new Set(inputs.map(([, sent]) => bytesOf(sent).toString("latin1"))).size).toBe(inputs.length);
  });

  test("do not get in each other's way", async () => {
    await using gateway = await startGateway(PRODUCTION);
    const answers = await Promise.all(inputs.map(([, sent]) => sendRaw(gateway.url, bytesOf(sent))));
    expect(answers.map(({ status }) => status)).toEqual(inputs.map(([, , status]) => status));
    await expectAlive(gateway);
  });
});

test("a document that is nested deeper than the stack is refused, by whichever limit it meets first", async () => {
  await using gateway = await startGateway(PRODUCTION);
  for (const opening of ["{a(b:[[", "{a{a{", "{a(b:{c:{c:"]) {
    const { body } = await gateway.query(opening.repeat(9_000));
    expect(["MAX_TOKENS_LIMIT", "GRAPHQL_PARSE_FAILED"]).toContain(body.errors[0].extensions.code);
    expect(undocumentedIn(body)).toEqual([]);
  }
  await expectAlive(gateway);
});
