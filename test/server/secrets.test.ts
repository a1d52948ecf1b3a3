import { expect, test } from "@jest/globals";
import { Secrets } from "../../src/server/secrets.js";

/** An access token an hour, for half a year. */
const TOKENS = Array.from({ length: 4_000 }, (_, number) => `token-${number}-`);

test("of tokens that end by themselves the last two thousand are struck out, and all that stay for good or are told again", () => {
  const secrets = new Secrets(["configured"]);
  secrets.add("key");
  for (const token of TOKENS) {
    for (const secret of [token, "refresh token", "configured"]) secrets.addPassing(secret);
  }
  expect(secrets.strikeOut("configured, key, refresh token")).toBe("[secret], [secret], [secret]");
  const left = TOKENS.filter((token) => secrets.strikeOut(token) === token);
  expect(left).toEqual(TOKENS.slice(0, 2_001));
});

test("a token is struck out as it stands in a line of JSON, and no more when it has been forgotten", () => {
  const secrets = new Secrets([]);
  secrets.addPassing('quoted "token"');
  const line = JSON.stringify({ msg: 'quoted "token"' });
  expect(secrets.strikeOut(line)).toBe('{"msg":"[secret]"}');
  for (const token of TOKENS) secrets.addPassing(token);
  expect(secrets.strikeOut(line)).toBe(line);
});
