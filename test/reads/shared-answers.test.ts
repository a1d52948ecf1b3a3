import { describe, expect, test } from "@jest/globals";
import { ID, READ, wire } from "../support/cancel.js";
import { compiledRuns } from "../support/compiled-runs.js";
import { type GraphqlAnswer, ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { leavingClient } from "../support/leaving-client.js";
import { until } from "../support/until.js";

const QUERY = `query ($id: ID!) { campaign(id: $id) { name status } }`;
/** Nobody else asks for that; whoever has asked before has arrived when it is answered. */
const MEANWHILE = `{ campaign(id: "${ID}") { id } }`;
const RENAME = `mutation { updateCampaign(id: "${ID}", input: { name: "New" }) { outcome } }`;
const SECRET = "a-secret-of-the-router";

interface Stage extends AsyncDisposable {
  readonly gateway: TestGateway;
  readonly clock: HeldClock;
  ask(headers?: Record<string, string>): Promise<GraphqlAnswer>;
  /** From now on the next read waits for `answer`. */
  hold(): void;
  answer(): void;
  /** Asks, and waits until the gateway has begun to. */
  askFirst(headers?: Record<string, string>): Promise<{ readonly first: Promise<GraphqlAnswer> }>;
  /** The same on a connection that the test can close. */
  leaveFirst(): Promise<() => void>;
  /** Asks as often as that, while somebody waits for the same already. */
  askMore(headers: readonly Record<string, string>[]): Promise<{ readonly more: readonly Promise<GraphqlAnswer>[] }>;
  /** How many operations have been run since the operation was learnt, and how many needed not. */
  runs(): Promise<{ readonly done: number; readonly left: number; readonly shared: number }>;
}

/** A gateway that has compiled the query. */
async function start(env: Readonly<Record<string, string>> = {}, headers = {}): Promise<Stage> {
  let release = () => {};
  let held = Promise.resolve();
  const clock = new HeldClock(false);
  const simulator = { campaigns: [{ id: ID, name: "Old", status: "Draft" as const }], sleep: () => held };
  const settings = { METRICS_PORT: "0", COMPILED_OPERATIONS: "on", ...env };
  const gateway = await startGateway({ clock, simulator, env: settings });
  const ask = (more = {}) => gateway.query(QUERY, { id: ID }, { ...headers, ...more });
  const meanwhile = () => gateway.query(MEANWHILE, {}, headers);
  await ask();
  await ask();
  await meanwhile();
  await meanwhile();
  const { done } = await compiledRuns(gateway);
  expect(done).toBe(2);
  const begun = async <T>(first: () => T): Promise<T> => {
    const before = wire(gateway).length;
    const asked = first();
    await until(() => wire(gateway).length > before);
    return asked;
  };
  return {
    gateway,
    clock,
    ask,
    hold: () => {
      held = new Promise<void>((resolve) => (release = resolve));
      gateway.simulator.addFault({ match: { method: "GET" }, answer: { kind: "delay", ms: 1 } });
    },
    answer: () => release(),
    askFirst: (more) => begun(() => ({ first: ask(more) })),
    leaveFirst: async () => (await begun(() => leavingClient(gateway, QUERY, { id: ID }))).leave,
    askMore: async (all) => {
      const more = all.map((one) => ask(one));
      await meanwhile();
      await meanwhile();
      return { more };
    },
    runs: async () => {
      const { shared, ...runs } = await compiledRuns(gateway);
      return { shared, done: runs.done - done, left: runs.left };
    },
    [Symbol.asyncDispose]: () => {
      release();
      return gateway[Symbol.asyncDispose]();
    },
  };
}

const gone = (gateway: TestGateway) => gateway.logs.filter(({ status }) => status === "client gone").length;
const codeOf = ({ body }: GraphqlAnswer): unknown => body.errors?.[0].extensions.code;
/** Reads of the campaign, without those that the test made meanwhile. */
const reads = (stage: Stage) => wire(stage.gateway).filter((call) => call === READ).length - 4;

describe("equal queries under way have one answer", () => {
  test("which is made and written once", async () => {
    await using stage = await start();
    stage.hold();
    const { first } = await stage.askFirst();
    const { more } = await stage.askMore([{}, {}, {}]);
    stage.answer();
    for (const { body } of await Promise.all([first, ...more]))
      expect(body).toEqual({ data: { campaign: { name: "Old", status: "DRAFT" } } });
    // Two that the test asked meanwhile, and one for all four.
    expect(await stage.runs()).toEqual({ done: 3, left: 0, shared: 3 });
    expect(reads(stage)).toBe(3);
    await stage.ask();
    expect(await stage.runs()).toEqual({ done: 4, left: 0, shared: 3 });
  });

  test("but for other variables another one", async () => {
    await using stage = await start();
    stage.hold();
    const { first } = await stage.askFirst();
    expect((await stage.gateway.query(QUERY, { id: "ANOTHER" })).body).toEqual({ data: { campaign: null } });
    stage.answer();
    expect((await first).body.data.campaign.name).toBe("Old");
    expect((await stage.runs()).shared).toBe(0);
  });

  test("but not with those who may see less", async () => {
    const as = (scopes: string) => ({
      "x-router-secret": SECRET,
      "x-caller-subject": "anna",
      "x-caller-scopes": scopes,
    });
    await using stage = await start({ AUTH: "router", AUTH_ROUTER_SECRETS: SECRET }, as("campaigns:read tags:read"));
    stage.hold();
    const { first } = await stage.askFirst();
    const { more } = await stage.askMore([as("tags:read"), as("tags:read campaigns:read")]);
    stage.answer();
    expect(codeOf(await first)).toBeUndefined();
    expect((await Promise.all(more)).map(codeOf)).toEqual(["FORBIDDEN", undefined]);
    expect((await stage.runs()).shared).toBe(1);
  });

  test("but not with what was begun before something was written", async () => {
    await using stage = await start();
    stage.hold();
    const { first } = await stage.askFirst();
    await stage.gateway.query(RENAME);
    expect((await stage.ask()).body.data.campaign.name).toBe("New");
    stage.answer();
    await first;
    expect((await stage.runs()).shared).toBe(0);
  });

  test("but not with what was begun more than a second ago: they share the call alone", async () => {
    await using stage = await start();
    stage.hold();
    const { first } = await stage.askFirst();
    stage.clock.advance(1_000);
    const { more: inTime } = await stage.askMore([{}]);
    stage.clock.advance(1);
    // As much time as the first one has left: nothing but its age is against it.
    const hurried = { "x-request-timeout-ms": "5000" };
    const { more: late } = await stage.askMore([hurried, hurried]);
    stage.answer();
    for (const { body } of await Promise.all([first, ...inTime, ...late])) expect(body.data.campaign.name).toBe("Old");
    // The last one shares with the one before it, which was begun anew.
    expect((await stage.runs()).shared).toBe(2);
    expect(reads(stage)).toBe(5);
  });
});

describe("who waits for an answer that was begun for another request", () => {
  test("gets it also when the other one leaves", async () => {
    await using stage = await start();
    const { gateway } = stage;
    stage.hold();
    const leave = await stage.leaveFirst();
    const { more } = await stage.askMore([{}]);
    leave();
    await until(() => gone(gateway) === 1);
    await gateway.query(MEANWHILE);
    stage.answer();
    expect((await more[0])?.body.data.campaign.name).toBe("Old");
    expect(await stage.runs()).toMatchObject({ left: 0, shared: 1 });
    expect(reads(stage)).toBe(4);
  });

  test("leaves it alone when all have left", async () => {
    await using stage = await start();
    const { gateway } = stage;
    stage.hold();
    const leave = await stage.leaveFirst();
    const other = leavingClient(gateway, QUERY, { id: ID });
    await gateway.query(MEANWHILE);
    await gateway.query(MEANWHILE);
    expect((await stage.runs()).shared).toBe(1);
    const attempts = () => gateway.logs.filter(({ msg }) => msg === "klaviyo");
    const ended = attempts().length;
    leave();
    await until(() => gone(gateway) === 1);
    await gateway.query(MEANWHILE);
    expect(attempts()).toHaveLength(ended + 1);
    other.leave();
    await until(() => attempts().length === ended + 2);
    expect(attempts().at(-1)).not.toHaveProperty("failure");
    expect(attempts().at(-1)).not.toHaveProperty("status");
    stage.answer();
  });

  test("is told when there is no time left, and the other one gets the answer", async () => {
    await using stage = await start();
    stage.hold();
    const { first } = await stage.askFirst();
    const { more } = await stage.askMore([{ "x-request-timeout-ms": "500" }]);
    expect((await stage.runs()).shared).toBe(1);
    stage.clock.advance(500);
    expect(codeOf(await (more[0] as Promise<GraphqlAnswer>))).toBe("UPSTREAM_TIMEOUT");
    stage.answer();
    expect((await first).body.data.campaign.name).toBe("Old");
    expect(reads(stage)).toBe(3);
  });

  test("does not if the other one has much less time, and gets an answer after that one was told", async () => {
    await using stage = await start();
    const { clock } = stage;
    stage.hold();
    const { first } = await stage.askFirst({ "x-request-timeout-ms": "2000" });
    const { more: patient } = await stage.askMore([{ "x-request-timeout-ms": "3001" }]);
    expect((await stage.runs()).shared).toBe(0);
    clock.advance(2_000);
    expect(codeOf(await first)).toBe("UPSTREAM_TIMEOUT");
    // The call was over with the first one's time, and is made once more.
    await until(() => clock.sleeps.length === 1);
    clock.advance(100);
    expect((await patient[0])?.body.data.campaign.name).toBe("Old");
  });

  test("is told what went wrong, and it is not tried once more for each", async () => {
    await using stage = await start({ ...ONE_ATTEMPT, KLAVIYO_ATTEMPT_TIMEOUT_MS: "2000" });
    stage.gateway.simulator.addFault({ match: { method: "GET" }, answer: { kind: "black-hole" } });
    const { first } = await stage.askFirst();
    const { more } = await stage.askMore([{}, {}]);
    stage.clock.advance(2_000);
    const answers = await Promise.all([first, ...more]);
    expect(answers.map(codeOf)).toEqual(["UPSTREAM_TIMEOUT", "UPSTREAM_TIMEOUT", "UPSTREAM_TIMEOUT"]);
    expect(await stage.runs()).toMatchObject({ left: 1, shared: 2 });
    expect(reads(stage)).toBe(3);
  });
});
