import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { API_KEY } from "../support/gateway.js";
import { buildForAll, environment, NOWHERE, startServer } from "./server-process.js";

const built = buildForAll();

/** Makes of this Node one that says it is older, and lacks what the older one lacks. */
const OLD_NODE = `
Object.defineProperty(process, "version", { value: "v20.19.0" });
Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });
delete require("node:crypto").hash;
`;

describe("a start that cannot succeed", () => {
  test("with a bad configuration says every fault on standard error and fails before it listens", async () => {
    const env = environment(NOWHERE, { PORT: "http", CANCEL_WAIT_MS: "-1", LOG_LEVEL: "loud" });
    await using server = startServer(built, "main.js", env);
    expect(await server.exit).toEqual({ code: 1, signal: null });
    const { stdout, stderr } = server;
    expect(stderr()).toMatch(/^The configuration cannot be used:\n/);
    for (const name of ["PORT", "CANCEL_WAIT_MS", "LOG_LEVEL"]) expect(stderr()).toContain(`  - ${name} must be`);
    expect(stderr()).not.toMatch(/\bat .*:\d+:\d+/);
    expect(stderr()).not.toContain(API_KEY);
    expect(stdout).toEqual([]);
  });

  test("without a key says how to do without one", async () => {
    await using server = startServer(built, "main.js", {});
    expect(await server.exit).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toMatch(/KLAVIYO_API_KEY is not set,.*npm run demo/);
  });

  test("in production, with the door open and nobody having said so twice, says how to close it", async () => {
    await using server = startServer(built, "main.js", environment(NOWHERE, { ALLOW_UNAUTHENTICATED: "" }));
    expect(await server.exit).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toContain("AUTH=none needs ALLOW_UNAUTHENTICATED=true in production");
  });

  test.each(["main.js", "demo.js"] as const)("on a Node that is too old says so, by %s", async (entry) => {
    const preload = join(built.directory, "old-node.cjs");
    await writeFile(preload, OLD_NODE);
    const env = environment(NOWHERE, { NODE_OPTIONS: `--require ${preload}` });
    await using server = startServer(built, entry, env);
    expect(await server.exit).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toBe("Node 24 or later is needed, not v20.19.0.\n");
  });

  test("on a port that is taken says so", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    await using server = startServer(built, "main.js", environment(NOWHERE, { PORT: String(port) }));
    expect(await server.exit).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toMatch(
      new RegExp(`^The gateway could not start: PORT or HOST cannot be used: .*EADDRINUSE.*${port}\n$`),
    );
    await new Promise((resolve) => other.close(resolve));
  });

  const jwt = { AUTH: "jwt", AUTH_ISSUER: "https://issuer.example.com/", AUTH_AUDIENCE: "campaigns" };
  test.each<readonly [string, Record<string, string>]>([
    ["AUDIT_LOG", {}],
    ["PERSISTED_OPERATIONS_MANIFEST", { PERSISTED_OPERATIONS: "log" }],
    ["AUTH_JWKS_FILE", jwt],
  ])("with a file for %s in a folder that is not there names the setting", async (name, rest) => {
    const env = environment(NOWHERE, { ...rest, [name]: join(built.directory, "missing", "file") });
    await using server = startServer(built, "main.js", env);
    expect(await Promise.race([server.exit, server.url()])).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toMatch(new RegExp(`^The gateway could not start: ${name} cannot be used: ENOENT.*\n$`));
  });

  test("with something else for keys of tokens says what they have to be", async () => {
    const env = environment(NOWHERE, { ...jwt, AUTH_JWKS_FILE: join(__dirname, "../../package.json") });
    await using server = startServer(built, "main.js", env);
    expect(await Promise.race([server.exit, server.url()])).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toContain("is no JSON Web Key Set, and no public key as PEM.");
  });
});

test("a start that succeeds is ready, although Klaviyo is away, and speaks nothing but JSON on standard output", async () => {
  await using server = startServer(built, "main.js", environment(NOWHERE));
  const url = await server.url();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(`${url}/readyz`);
  expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  server.child.kill("SIGTERM");
  expect(await server.exit).toEqual({ code: 0, signal: null });
  expect(server.stdout.map((line) => JSON.parse(line).msg)).toEqual([
    "listening",
    "request",
    "shutting down",
    "stopped",
  ]);
  expect(server.stderr()).toBe("");
});

describe("the demo", () => {
  /** What `curl` would send for the command that follows `heading`. */
  function commandAfter(heading: string, text: string): { url: string; headers: Record<string, string>; body: string } {
    const command = text.slice(text.indexOf(heading)).split("\n\n", 1)[0] ?? "";
    const [, url, header, body] = /curl -s (\S+) -H '([^']+)' \\\n\s+-d '([^']+)'/.exec(command) ?? [];
    const [name, value] = header?.split(": ") ?? [];
    if (!url || !name || !value || !body) throw new Error(`There is no curl command in: ${command}`);
    return { url, headers: { [name]: value }, body };
  }

  test("needs no key, prints its URL, and its commands do what they say", async () => {
    await using server = startServer(built, "demo.js", { PORT: "0" });
    await server.line("Ctrl-C");
    const text = server.stdout.join("\n");
    expect(text).toMatch(/The gateway is at http:\/\/127\.0\.0\.1:\d+\/graphql/);

    const run = async (heading: string) => {
      const { url, headers, body } = commandAfter(heading, text);
      return (await fetch(url, { method: "POST", headers, body })).json();
    };
    expect(await run("See one of them")).toMatchObject({ data: { campaign: { status: "SENDING" } } });
    expect(await run("Stop it")).toMatchObject({
      data: { cancelCampaignSend: { outcome: "STOPPED", problem: null, campaign: { statusText: "Cancelled" } } },
    });

    const asked = /curl -s (\S+\/control\/requests)/.exec(text)?.[1] ?? "";
    expect(await (await fetch(asked)).text()).toContain("PATCH");

    server.child.kill("SIGINT");
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  test("does not send a real key anywhere", async () => {
    const key = { KLAVIYO_API_KEY: API_KEY, KLAVIYO_API_KEY_FILE: "/run/secrets/klaviyo" };
    const env = { PORT: "0", ...key, KLAVIYO_BASE_URL: "https://a.klaviyo.com" };
    await using server = startServer(built, "demo.js", env);
    await server.line("Ctrl-C");
    const text = server.stdout.join("\n");
    const { url, headers, body } = commandAfter("See one of them", text);
    expect((await fetch(url, { method: "POST", headers, body })).status).toBe(200);
    const asked = /curl -s (\S+\/control\/requests)/.exec(text)?.[1] ?? "";
    const requests = await (await fetch(asked)).text();
    expect(requests).toContain("/api/campaigns/");
    expect(requests).not.toContain(API_KEY);
  });
});
