import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { exportSPKI, importJWK } from "jose";
import { createJwtAuthentication } from "../../src/auth/jwt-authentication.js";
import { KeySet } from "../../src/auth/key-set.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";
import { AUDIENCE, ISSUER, type Issuer, type Key, newKey, SECONDS, sign, startIssuer } from "./issuer.js";

let key: Key;
let other: Key;
beforeAll(async () => {
  [key, other] = await Promise.all([newKey("one"), newKey("two")]);
});

const READ = `{ campaign(id: "C0") { id } }`;

function gatewayFor(issuer: Issuer, env: Record<string, string> = {}): Promise<TestGateway> {
  return startGateway({
    env: { AUTH: "jwt", AUTH_JWKS_URL: issuer.url, AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, ...env },
    simulator: { campaigns: [{ id: "C0", status: "Draft" }] },
  });
}

async function ask(gateway: TestGateway, token: string | undefined) {
  const { status, body, headers } = await gateway.query(READ, {}, token ? { authorization: `Bearer ${token}` } : {});
  return { status, code: body.errors?.[0].extensions.code, message: body.errors?.[0].message, body, headers };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function unsigned(header: object): string {
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: "eve", exp: SECONDS + 300, scope: "campaigns:read" };
  return `${encode(header)}.${encode(claims)}`;
}

describe("a token", () => {
  test("lets its owner do what its scopes say, and names its owner in the log", async () => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer);
    expect((await ask(gateway, await sign(key))).body).toEqual({ data: { campaign: { id: "C0" } } });
    await until(() => gateway.logs.some(({ msg }) => msg === "request"));
    expect(gateway.logs.find(({ msg }) => msg === "request")).toMatchObject({ subject: "anna" });
  });

  test.each<readonly [string, () => Promise<string> | string, string]>([
    ["that has expired", () => sign(key, { exp: SECONDS - 31 }), "expired"],
    ["that is not valid yet", () => sign(key, { nbf: SECONDS + 31 }), "not valid yet"],
    ["for another audience", () => sign(key, { aud: "billing" }), "audience"],
    ["of another issuer", () => sign(key, { iss: "https://evil.example.com/" }), "issuer"],
    ["with an empty subject", () => sign(key, { sub: "" }), "sub"],
    ["with a subject that is a list", () => sign(key, { sub: ["anna"] as never }), "sub"],
    ["with a subject that nobody has", () => sign(key, { sub: "a".repeat(257) }), "sub"],
    ["without a subject", () => sign(key, { sub: undefined as never }), "sub"],
    ["without an end", () => sign(key, { exp: undefined as never }), "exp"],
    ["with an unknown key", () => sign(other), "key that is not known"],
    ["signed with another key under a known id", () => sign({ ...other, kid: key.kid }), "signature"],
    ["with the algorithm `none`", () => `${unsigned({ alg: "none" })}.`, "algorithm"],
    ["with the algorithm `None`", () => `${unsigned({ alg: "None", kid: "one" })}.`, "algorithm"],
    [
      "signed with the public key as a shared secret",
      async () => {
        const pem = await exportSPKI((await importJWK(key.publicJwk, "RS256")) as CryptoKey);
        const signed = unsigned({ alg: "HS256", kid: "one" });
        return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
      },
      "algorithm",
    ],
    ["that brings its own key", () => sign(other, {}, { jwk: other.publicJwk, kid: "one" }), "signature"],
    [
      "whose claims were changed",
      async () => (await sign(key)).replace(/\.[^.]+\./, `.${encode({ sub: "eve" })}.`),
      "signature",
    ],
    ["whose signature was cut off", async () => (await sign(key)).replace(/\.[^.]*$/, "."), "signature"],
    ["that is none", () => "nonsense", "not a token"],
    [
      "with an extension that must be understood",
      () => `${unsigned({ alg: "RS256", kid: "one", crit: ["x"], x: 1 })}.AA`,
      "not a token",
    ],
  ])("%s is refused, and says why", async (_what, make, why) => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer);
    const { status, code, message, headers } = await ask(gateway, await make());
    expect([status, code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(message).toContain(why);
    expect(headers.get("www-authenticate")).toBe("Bearer");
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("is accepted within the tolerance of clocks, and no longer", async () => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer);
    const token = await sign(key, { exp: SECONDS - 20, nbf: SECONDS - 60 });
    expect((await ask(gateway, token)).status).toBe(200);
    gateway.clock.advance(9_000);
    expect((await ask(gateway, token)).status).toBe(200);
    gateway.clock.advance(1_001);
    expect((await ask(gateway, token)).code).toBe("UNAUTHENTICATED");
  });

  test("of an algorithm that was not listed is refused, although the key is the issuer's", async () => {
    const elliptic = await newKey("ec", "ES256");
    await using issuer = await startIssuer(key, elliptic);
    await using gateway = await gatewayFor(issuer, { AUTH_ALGORITHMS: "ES256" });
    expect((await ask(gateway, await sign(key))).message).toContain("algorithm");
    expect((await ask(gateway, await sign(elliptic))).status).toBe(200);
  });

  test("may hold its scopes in another claim, as a list", async () => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer, { AUTH_SCOPE_CLAIM: "permissions" });
    const token = await sign(key, { scope: "", permissions: ["campaigns:read"] });
    expect((await ask(gateway, token)).status).toBe(200);
  });

  test("that is missing leaves what is for everybody", async () => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer);
    expect(await ask(gateway, undefined)).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect((await gateway.query("{ __typename }")).body).toEqual({ data: { __typename: "Query" } });
    expect(issuer.asked).toBe(0);
  });

  test.each(["Basic YTpi", "Bearer", "Bearer a b", "Bearer ä"])(
    "must be a bearer token, not `%s`",
    async (authorization) => {
      await using issuer = await startIssuer(key);
      await using gateway = await gatewayFor(issuer);
      const { status, body } = await gateway.query(READ, {}, { authorization });
      expect([status, body.errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    },
  );
});

describe("the issuer's keys", () => {
  test("are fetched once for many requests", async () => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer);
    const tokens = await Promise.all(Array.from({ length: 10 }, (_, n) => sign(key, { sub: `user${n}` })));
    const answers = await Promise.all(tokens.map((token) => ask(gateway, token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(issuer.asked).toBe(1);
  });

  test("are fetched anew when a token names a new one, but not for every token that does", async () => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer);
    await ask(gateway, await sign(key));
    issuer.keys = [key, other];
    gateway.clock.advance(30_000);
    expect((await ask(gateway, await sign(other))).status).toBe(200);
    expect(issuer.asked).toBe(2);
    for (const kid of ["x", "y", "z"]) expect((await ask(gateway, await sign({ ...other, kid }))).status).toBe(401);
    expect(issuer.asked).toBe(2);
  });

  test("that were withdrawn are not accepted any more once that is known, nor are tokens that were checked before", async () => {
    await using issuer = await startIssuer(key, other);
    await using gateway = await gatewayFor(issuer);
    const token = await sign(key, { exp: SECONDS + 3_600 });
    expect((await ask(gateway, token)).status).toBe(200);
    issuer.keys = [other];
    gateway.clock.advance(600_001);
    // Told by what is known, and what makes the gateway look.
    expect((await ask(gateway, token)).status).toBe(200);
    await until(() => issuer.asked === 2);
    for (let code; code !== "UNAUTHENTICATED";) ({ code } = await ask(gateway, token));
  });

  test.each<readonly [string, Issuer["broken"]]>([
    ["hangs up", "hangs up"],
    ["answers 503", { status: 503, body: "" }],
    ["answers HTML", { status: 200, body: "<html>" }],
    ["answers JSON that is no key set", { status: 200, body: `{"keys":1}` }],
    ["answers without end", { status: 200, body: "x".repeat(300_000) }],
    ["redirects", { status: 302, body: "" }],
  ])("stay in use while the issuer %s, and no others are invented", async (_what, broken) => {
    await using issuer = await startIssuer(key);
    await using gateway = await gatewayFor(issuer);
    await ask(gateway, await sign(key));
    issuer.broken = broken;
    gateway.clock.advance(24 * 3_600_000);
    const exp = SECONDS + 48 * 3_600;
    for (const sub of ["anna", "ben"]) expect((await ask(gateway, await sign(key, { sub, exp }))).status).toBe(200);
    const unknown = await ask(gateway, await sign(other, { exp }));
    expect([unknown.status, unknown.code]).toEqual([503, "AUTHENTICATION_UNAVAILABLE"]);
    expect(gateway.logs.some(({ msg }) => msg === "keys of tokens")).toBe(true);
  });

  test("that cannot be read at all let nobody in, and everybody once they can", async () => {
    await using issuer = await startIssuer(key);
    issuer.broken = { status: 500, body: "" };
    await using gateway = await gatewayFor(issuer);
    const token = await sign(key);
    expect(await ask(gateway, token)).toMatchObject({ status: 503, code: "AUTHENTICATION_UNAVAILABLE" });
    issuer.broken = undefined;
    gateway.clock.advance(30_000);
    expect((await ask(gateway, token)).status).toBe(200);
  });
});

describe("a local key file", () => {
  test.each(["jwks.json", "key.pem"])("%s is as good", async (name) => {
    const directory = await mkdtemp(join(tmpdir(), "keys-"));
    const pem = await exportSPKI((await importJWK(key.publicJwk, "RS256")) as CryptoKey);
    await writeFile(join(directory, "jwks.json"), JSON.stringify({ keys: [key.publicJwk] }));
    await writeFile(join(directory, "key.pem"), pem);
    await using issuer = await startIssuer();
    await using gateway = await gatewayFor(issuer, { AUTH_JWKS_URL: "", AUTH_JWKS_FILE: join(directory, name) });
    const { kid: _kid, ...withoutId } = key;
    const token = name === "key.pem" ? await sign({ ...withoutId, kid: undefined as never }) : await sign(key);
    expect((await ask(gateway, token)).status).toBe(200);
    await rm(directory, { recursive: true });
  });
});

test("what was checked by keys that are withdrawn meanwhile is not good under the new ones", async () => {
  const clock = new HeldClock();
  let keys = [key, other];
  const set = new KeySet({
    load: async () => ({ keys: keys.map(({ publicJwk }) => publicJwk) }),
    clock,
    maxAgeMs: 600_000,
    cooldownMs: 30_000,
    onFailure: () => {},
  });
  const authenticate = createJwtAuthentication({
    keys: set,
    clock,
    issuer: ISSUER,
    audience: AUDIENCE,
    algorithms: ["RS256"],
    clockToleranceMs: 0,
    scopeClaim: "scope",
    tenantClaim: "tenant",
  });
  const as = async (token: string) => authenticate({ headersDistinct: { authorization: [`Bearer ${token}`] } });
  await as(await sign(key));
  keys = [other];
  clock.advance(600_001);
  const late = await sign(key, { sub: "ben", exp: SECONDS + 86_400 });
  // The old keys are in use while the new ones are read.
  await expect(as(late)).resolves.toMatchObject({ subject: "ben" });
  await until(() => set.version === 2);
  await expect(as(late)).rejects.toThrow("not known");
});
