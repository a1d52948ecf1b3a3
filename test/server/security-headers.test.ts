import { describe, expect, test } from "@jest/globals";
import { startGateway } from "../support/gateway.js";
import { sendRaw } from "./raw-http.js";

const EVERY_ANSWER = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

describe("every answer says that it is not to be cached, guessed at, framed or run", () => {
  test.each([
    ["data", "POST", "/graphql", `{"query":"{__typename}"}`],
    ["an error", "POST", "/graphql", `{"query":"{ nope }"}`],
    ["a body that is not JSON", "POST", "/graphql", `{`],
    ["health", "GET", "/livez", undefined],
    ["what is not there", "GET", "/nowhere", undefined],
    ["a preflight", "OPTIONS", "/graphql", undefined],
  ])("%s", async (_what, method, path, body) => {
    await using gateway = await startGateway({ env: { NODE_ENV: "production" } });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${gateway.url}${path}`, { method, headers, ...(body && { body }) });
    expect(Object.fromEntries(answer.headers)).toMatchObject(EVERY_ANSWER);
    expect(answer.headers.get("x-powered-by")).toBeNull();
    expect(answer.headers.get("server")).toBeNull();
  });

  test("what is not HTTP", async () => {
    await using gateway = await startGateway();
    expect((await sendRaw(gateway.url, "garbage\r\n\r\n")).headers).toMatchObject(EVERY_ANSWER);
  });

  test("but for Sandbox, whose page brings its own policy", async () => {
    await using gateway = await startGateway();
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-security-policy")).toBeNull();
    expect(await page.text()).toContain(`<meta http-equiv="Content-Security-Policy"`);
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

test("a request of more than a hundred headers is refused, however small they are", async () => {
  await using gateway = await startGateway();
  const headers = Array.from({ length: 100 }, (_, n) => `X${n}: 1`);
  const { status, body } = await sendRaw(
    gateway.url,
    ["GET /livez HTTP/1.1", "Host: x", ...headers, "", ""].join("\r\n"),
  );
  expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([431, "REQUEST_HEADER_FIELDS_TOO_LARGE"]);
});
