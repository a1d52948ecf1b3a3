import { hash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { post, startGateway } from "../support/gateway.js";

const HOT = `query Hot { __typename }`;
/** Four of them fit into what is kept. */
const LARGE = 1_000_000;

const byHash = (query: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash("sha256", query) } },
});

test.each(["on", "off"])(
  "a query that is asked for by its hash again and again is not forgotten, compiled operations %s",
  async (COMPILED_OPERATIONS) => {
    await using gateway = await startGateway({ env: { COMPILED_OPERATIONS, HTTP_BODY_LIMIT_BYTES: "10000000" } });
    const codeOf = async (body: object) => (await post(gateway.url, body)).body.errors?.[0]?.extensions.code;
    await codeOf({ query: HOT, ...byHash(HOT) });
    for (let other = 0; other < 6; other++) {
      const large = `query Large${other} { __typename } #${" ".repeat(LARGE)}`;
      expect(await codeOf({ query: large, ...byHash(large) })).toBeUndefined();
      expect(await codeOf(byHash(HOT))).toBeUndefined();
    }
  },
);
