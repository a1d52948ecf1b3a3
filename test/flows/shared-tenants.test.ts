import { expect, test } from "@jest/globals";
import { CANCEL, ID, onPatch } from "../support/cancel.js";
import { describeWithRedis, startRedis } from "../support/redis-server.js";
import { type Replica, type Replicas, startReplicas } from "../support/replicas.js";

const KEYS = { acme: "pk_acme_0123456789abcdef", globex: "pk_globex_0123456789abcdef" };
type Tenant = keyof typeof KEYS;
const TENANTS: readonly Tenant[] = ["acme", "globex"];
const SECRET = "router-secret-0123456789";

/** A list, which may stand in for ten seconds: whether it does is not to depend on how fast this machine is. */
const READ = `{ campaigns(channel: EMAIL, first: 5) { nodes { name status } } }`;
const VARIABLES = { id: ID, revision: "2026-07-15", action: "CANCEL" };

type TwoReplicas = Replicas & { readonly each: readonly [Replica, Replica] };

/** Two replicas over one Redis and one Klaviyo, in which each tenant has a campaign of the same id. */
async function start(redisUrl: string, env: Readonly<Record<string, string>> = {}): Promise<TwoReplicas> {
  const owned = (name: string) => ({ campaigns: [{ id: ID, name, status: "Sending", settleAfterMs: 100 }] });
  const credentials = { KLAVIYO_CREDENTIALS: "accounts", KLAVIYO_API_KEY: "", KLAVIYO_ACCOUNTS: JSON.stringify(KEYS) };
  const replicas = await startReplicas(
    2,
    { REDIS_URL: redisUrl, AUTH: "router", AUTH_ROUTER_SECRETS: SECRET, ...credentials, ...env },
    { limits: "off", otherAccounts: { [KEYS.acme]: owned("Acme's"), [KEYS.globex]: owned("Globex's") } },
  );
  return replicas as TwoReplicas;
}

/** What the router says of someone who may do everything. */
const as = (tenant: Tenant) => ({
  "x-router-secret": SECRET,
  "x-caller-subject": "anna",
  "x-caller-scopes": "campaigns:read campaigns:write",
  "x-caller-tenant": tenant,
});

/** The tenant's campaign, and how often Klaviyo had to be asked for it. */
async function look(replica: Replica, tenant: Tenant) {
  const { body } = await replica.query(READ, {}, { ...as(tenant), "x-cache-status": "1" });
  return [body.data.campaigns.nodes[0], body.extensions.cache.misses];
}

const keysOf = ({ simulator }: Replicas, method: string) =>
  simulator.requests
    .filter((request) => request.method === method)
    .map(({ headers }) => headers["authorization"]?.replace("Klaviyo-API-Key ", ""));

describeWithRedis("tenants whose replicas share a Redis", () => {
  test("are each given their own of what is kept there, by the replica that has not asked for it as well", async () => {
    await using redis = await startRedis();
    await using replicas = await start(redis.url, { KLAVIYO_CACHE: "on" });
    const [one, two] = replicas.each;
    expect(await look(one, "acme")).toEqual([{ name: "Acme's", status: "SENDING" }, 1]);
    expect(await look(one, "globex")).toEqual([{ name: "Globex's", status: "SENDING" }, 1]);
    expect(await look(two, "acme")).toEqual([{ name: "Acme's", status: "SENDING" }, 0]);
    expect(await look(two, "globex")).toEqual([{ name: "Globex's", status: "SENDING" }, 0]);
  });

  test("stop each their own: a cancel at one replica does not stand for the other tenant's at another", async () => {
    await using redis = await startRedis();
    await using replicas = await start(redis.url);
    replicas.simulator.addFault(onPatch({ kind: "delay", ms: 300 }, { times: "always" }));
    const answers = await Promise.all(
      replicas.each.flatMap((replica) => TENANTS.map((tenant) => replica.query(CANCEL, VARIABLES, as(tenant)))),
    );
    expect(answers.map(({ body }) => body.data.cancelCampaignSend.outcome)).toEqual(Array(4).fill("STOPPED"));
    expect(keysOf(replicas, "PATCH").toSorted()).toEqual([KEYS.acme, KEYS.globex]);
  });

  test("lose nothing of what is kept when the other one's campaign is cancelled", async () => {
    await using redis = await startRedis();
    await using replicas = await start(redis.url, { KLAVIYO_CACHE: "on" });
    const [one, two] = replicas.each;
    await look(one, "acme");
    await look(one, "globex");
    await one.query(CANCEL, VARIABLES, as("acme"));
    expect(await look(two, "globex")).toEqual([{ name: "Globex's", status: "SENDING" }, 0]);
    expect(await look(two, "acme")).toEqual([{ name: "Acme's", status: "CANCELLED" }, 1]);
  });

  test("have each their own room in Klaviyo's limits, together with the other replica", async () => {
    await using redis = await startRedis();
    const limits = { KLAVIYO_LIMITS: "get_campaigns=2/2", QUERY_DEADLINE_MS: "300", KLAVIYO_CANCEL_SHARE_PERCENT: "0" };
    await using replicas = await start(redis.url, { KLAVIYO_CACHE: "off", ...limits });
    const codes = async (tenant: Tenant) => {
      const told = [];
      for (const replica of [...replicas.each, ...replicas.each, ...replicas.each]) {
        const { body } = await replica.query(READ, {}, as(tenant));
        told.push(body.errors?.[0]?.extensions.code ?? "served");
      }
      return told;
    };
    const refused = Array(4).fill("RATE_LIMITED");
    expect(await codes("acme")).toEqual(["served", "served", ...refused]);
    expect(await codes("globex")).toEqual(["served", "served", ...refused]);
  });
});
