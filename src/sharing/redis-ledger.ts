import { randomUUID } from "node:crypto";
import type { CallLedger, Claim, Decision, Quota, Slot } from "../resilience/call-ledger.js";
import type { Clock } from "../resilience/clock.js";
import { DECIDE, type DecideInput, GRANTED } from "./decide-script.js";
import { LedgerGroup, type SeenRoom } from "./ledger-group.js";
import { RECORD, type RecordedCall, type RecordInput } from "./record-script.js";
import type { RedisConnection } from "./redis-connection.js";
import type { RedisLink } from "./redis-link.js";

export interface RedisLedgerOptions {
  readonly link: Pick<RedisLink, "ask" | "tell" | "onReturn">;
  readonly clock: Clock;
  /** The longest that a call can run: after that, one of which nothing was heard counts as ended. */
  readonly leaseMs: number;
  /** Instead of Redis's own clock, where a test holds the time. */
  readonly nowMs?: (() => number) | undefined;
}

/**
 * One ledger for all replicas, in Redis: each decision is one script, and so one round trip. What becomes of a call is told and not
 * waited for; what gets lost on the way is said again when Redis is back.
 */
export class RedisLedger implements CallLedger {
  /** Of this process, and never used again: a replica that starts anew is another. */
  private readonly replica = randomUUID();
  private readonly groups = new Map<string, LedgerGroup>();
  private callCount = 0;
  /** Redis is told nothing more of what was, should it forget. */
  readonly close: () => void;

  constructor(private readonly options: RedisLedgerOptions) {
    this.close = options.link.onReturn((redis) => this.repeatAll(redis));
  }

  /** @param claims all of one endpoint, which their first quota names @throws RedisUnavailableError */
  async decide(claims: readonly Claim[]): Promise<readonly Decision[]> {
    const group = this.groupOf(claims);
    const first = this.callCount;
    this.callCount += claims.length;
    const runs = group.runsOf(claims);
    const input: DecideInput = { ...this.time(), replica: this.replica, first, quotas: group.quotas, runs };
    const askedMs = this.options.clock.now();
    let isAwaited = true;
    const ask = (redis: RedisConnection) => DECIDE.run(redis, group.keys, input, () => isAwaited);
    try {
      const answers = numbersIn(await this.options.link.ask(ask));
      if (answers.length < claims.length) throw new TypeError("Redis has not decided about each claim.");
      group.see(askedMs, answers.slice(claims.length));
      return claims.map((claim, at) => this.decisionOf(group, claim, first + at, answers[at] ?? 0));
    } catch (error) {
      // Redis may have let some in without our hearing of it: they are taken back, at once where it is only late, or when it returns.
      isAwaited = false;
      const unheard = claims.map((claim, at) => this.begin(group, claim, first + at, "void"));
      this.tellOf(group, unheard);
      throw error;
    }
  }

  /** A decision about nobody: it says that no critical call of this replica waits. */
  giveBack(claim: Claim): void {
    const { quotas, keys } = this.groupOf([claim]);
    const input: DecideInput = { ...this.time(), replica: this.replica, first: this.callCount, quotas, runs: [] };
    this.options.link.tell((redis) => DECIDE.run(redis, keys, input));
  }

  /** What was left when Redis was last asked about a quota of such a claim; undefined where it never was. */
  seenOf(claim: Claim, quota: Quota): SeenRoom | undefined {
    return this.groupOf([claim]).seenOf(quota);
  }

  /** Takes in a call that was let in without asking, so that the others know of it. */
  adopt(claim: Claim): Slot {
    const group = this.groupOf([claim]);
    const call = this.begin(group, claim, this.callCount++, "running");
    this.tell(group, call);
    return this.slotOf(group, claim, call.id);
  }

  private decisionOf(group: LedgerGroup, claim: Claim, number: number, waitMs: number): Decision {
    if (waitMs !== GRANTED) return { kind: "wait", waitMs };
    const { id } = this.begin(group, claim, number, "running");
    return { kind: "granted", slot: this.slotOf(group, claim, id) };
  }

  private slotOf(group: LedgerGroup, claim: Claim, id: string): Slot {
    return {
      settle: (news) => this.tell(group, group.calls.end(id, "ended"), group.learn(claim, news)),
      cancel: () => this.tell(group, group.calls.end(id, "void")),
    };
  }

  private begin(group: LedgerGroup, claim: Claim, number: number, state: RecordedCall["state"]): RecordedCall {
    const id = `${this.replica}:${number}`;
    return group.calls.begin({ id, isCritical: claim.isCritical, quotas: group.placesOf(claim), state });
  }

  private tell(group: LedgerGroup, call: RecordedCall | undefined, news?: RecordInput["news"]): void {
    this.tellOf(group, call ? [call] : [], news);
  }

  private tellOf(group: LedgerGroup, calls: readonly RecordedCall[], news?: RecordInput["news"]): void {
    this.options.link.tell((redis) => this.record(redis, group, calls, news));
  }

  private async repeatAll(redis: RedisConnection): Promise<void> {
    await Promise.all([...this.groups.values()].flatMap((group) => this.repeat(redis, group)));
  }

  private repeat(redis: RedisConnection, group: LedgerGroup): readonly Promise<unknown>[] {
    const blocks = group.blocks.all().map((news) => this.record(redis, group, [], news));
    return [this.record(redis, group, group.calls.all()), ...blocks];
  }

  private record(
    redis: RedisConnection,
    group: LedgerGroup,
    calls: readonly RecordedCall[],
    news?: RecordInput["news"],
  ): Promise<unknown> {
    const input: RecordInput = { ...this.time(), quotas: group.quotas, calls, news };
    return RECORD.run(redis, group.keys, input);
  }

  private time(): Pick<DecideInput, "nowMs" | "leaseMs"> {
    return { nowMs: this.options.nowMs?.(), leaseMs: this.options.leaseMs };
  }

  private groupOf([claim]: readonly Claim[]): LedgerGroup {
    const name = claim?.quotas[0]?.name ?? "";
    const known = this.groups.get(name);
    if (known) return known;
    const group = new LedgerGroup(name, this.options.clock, this.options.leaseMs);
    this.groups.set(name, group);
    return group;
  }
}

function numbersIn(answers: unknown): readonly number[] {
  if (Array.isArray(answers) && answers.every((answer) => typeof answer === "number")) return answers;
  throw new TypeError("Redis has answered with something other than numbers.");
}
