import type { CallLedger, Claim, Quota, RateTier, Slot } from "../resilience/call-ledger.js";
import type { Clock } from "../resilience/clock.js";
import { LaneScheduler } from "../resilience/lane-scheduler.js";
import { NotAdmittedError } from "../resilience/waiter.js";
import { KlaviyoError } from "./failure.js";
import type { AskedCall } from "./asked-call.js";
import type { CallOptions } from "./call-options.js";
import type { CallLimits } from "./call-limits.js";
import type { Operation } from "./operations.js";

export interface CallGateOptions {
  readonly clock: Clock;
  readonly ledger: CallLedger;
  readonly limits: CallLimits;
  /** Whose limits they are: those who share a ledger and an account share its limits. */
  readonly account: string;
  /** 0 to 1: what is kept for cancels of each window of the endpoints that they need. */
  readonly cancelShare: number;
}

export type GateCall = Pick<AskedCall, "operation" | "call" | "remainingMs" | "signal" | "sharers">;

/** Where calls wait until Klaviyo's limits have room for them: for each endpoint and account a queue with three lanes. */
export class CallGate {
  private readonly schedulers = new Map<Operation, LaneScheduler>();
  private readonly claims = new Map<string, Claim>();

  constructor(private readonly options: CallGateOptions) {}

  /**
   * @returns leave to make the call, to be settled when it is over; undefined where nobody counts calls. At once, unless it has to wait.
   * @throws KlaviyoError (`held-back`) when there is no room in time
   */
  admit({ operation, call, remainingMs, signal, sharers: all }: GateCall): Slot | undefined | Promise<Slot> {
    if (this.options.limits === "off") return undefined;
    const { lane = "interactive", caller = "", patienceMs = Infinity } = call;
    const claim = this.claimOf(operation, call);
    const waitMs = Math.min(remainingMs, patienceMs);
    // Who knows another way than to wait is not to wait as long as others would.
    const sharers = patienceMs < Infinity ? undefined : all;
    const turn = this.schedulerOf(operation).admit({ claim, lane, caller, remainingMs: waitMs, signal, sharers });
    return turn instanceof Promise ? turn.catch((error: unknown) => refuse(operation, error)) : turn;
  }

  /** How many calls wait, by operation; for metrics. */
  *waiting(): Iterable<readonly [operation: string, count: number]> {
    for (const [{ name }, { waitingCount }] of this.schedulers) yield [name, waitingCount];
  }

  private schedulerOf(operation: Operation): LaneScheduler {
    const known = this.schedulers.get(operation);
    if (known) return known;
    const scheduler = new LaneScheduler(this.options.clock, this.options.ledger);
    this.schedulers.set(operation, scheduler);
    return scheduler;
  }

  /** Claims are few and asked for often, so each is made once. */
  private claimOf(operation: Operation, { lane, query = [] }: CallOptions): Claim {
    const { costly } = operation;
    const named = costly ? query.flatMap(([name]) => (costly[name] ? [name] : [])) : NONE;
    const isCritical = lane === "critical";
    const key = `${operation.name} ${named.join(" ")} ${isCritical}`;
    const known = this.claims.get(key);
    if (known) return known;
    const claim = {
      isCritical,
      quotas: [this.quotaOf(operation), ...named.map((name) => this.quotaOf(operation, name))],
    };
    this.claims.set(key, claim);
    return claim;
  }

  private quotaOf(operation: Operation, parameter?: string): Quota {
    const { limits, account, cancelShare } = this.options;
    const name = parameter === undefined ? operation.name : `${operation.name}:${parameter}`;
    const declared: RateTier = (parameter === undefined ? undefined : operation.costly?.[parameter]) ?? operation.limit;
    const configured = limits === "off" ? undefined : limits.get(name);
    return {
      name: `${account}:${name}`,
      tier: configured ?? declared,
      criticalShare: cancelShare * (operation.cancelNeed ?? 0),
    };
  }
}

const NONE: readonly string[] = [];

function refuse({ name }: Operation, error: unknown): never {
  if (!(error instanceof NotAdmittedError)) throw error;
  const { retryAfterMs } = error;
  throw new KlaviyoError(name, { kind: "held-back", cause: "rate-limit", retryAfterMs }, error);
}
