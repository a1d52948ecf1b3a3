import {
  type CallOutcome,
  CircuitBreaker,
  CircuitOpenError,
  type CircuitSettings,
  type CircuitState,
  type Passage,
} from "../resilience/circuit-breaker.js";
import type { CircuitBoard } from "../resilience/circuit-board.js";
import type { Clock } from "../resilience/clock.js";
import type { Lane } from "../resilience/lane-queue.js";
import type { Attempt } from "./attempt-record.js";
import { KlaviyoError } from "./failure.js";
import type { Operation } from "./operations.js";

/** A circuit has opened, closed, or lets a probe through. */
export interface CircuitChange {
  /** The group of endpoints that it is about, such as `campaign-send-jobs`. */
  readonly endpoints: string;
  readonly state: CircuitState;
  /** Whether another replica found it out. */
  readonly isHeard: boolean;
}

export interface EndpointCircuitsOptions {
  readonly breaker: "on" | "off";
  readonly clock: Clock;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  readonly board: CircuitBoard;
  readonly onCircuit: (change: CircuitChange) => void;
}

const SETTINGS: CircuitSettings = {
  windowMs: 10_000,
  minimumCalls: 10,
  failureShare: 0.5,
  open: { firstMs: 4_000, maximumMs: 16_000, factor: 2 },
  successesToClose: 2,
};

/** An attempt that was cut off sooner tells more of its caller's hurry than of Klaviyo. */
const TELLING_MS = 1_000;

const UNWATCHED: Passage = () => {};

/** The circuits of one account. Endpoints that share the first part of their path go down together, so they share one. */
export class EndpointCircuits {
  private readonly circuits = new Map<string, CircuitBreaker>();
  /** The same circuits, as calls ask for them. */
  private readonly byOperation = new Map<Operation, CircuitBreaker>();

  /** Hears of no other replica any more. */
  readonly close: () => void;

  constructor(private readonly options: EndpointCircuitsOptions) {
    const { breaker, board } = options;
    this.close = breaker === "on" ? board.onNews((endpoints, news) => this.circuitAt(endpoints).hear(news)) : () => {};
  }

  /** @returns what is to be told how the call ended. @throws KlaviyoError (`held-back`) when it is not to be made */
  pass(operation: Operation, lane: Lane | undefined): Passage {
    if (this.options.breaker === "off") return UNWATCHED;
    try {
      return this.circuitOf(operation).pass(lane === "critical");
    } catch (error) {
      if (!(error instanceof CircuitOpenError)) throw error;
      const { retryAfterMs } = error;
      throw new KlaviyoError(operation.name, { kind: "held-back", cause: "circuit", retryAfterMs }, error);
    }
  }

  private circuitOf(operation: Operation): CircuitBreaker {
    const known = this.byOperation.get(operation);
    if (known) return known;
    const circuit = this.circuitAt(operation.path.split("/")[2] ?? operation.path);
    this.byOperation.set(operation, circuit);
    return circuit;
  }

  private circuitAt(endpoints: string): CircuitBreaker {
    const known = this.circuits.get(endpoints);
    if (known) return known;
    const { clock, random, board, onCircuit } = this.options;
    const circuit = new CircuitBreaker(SETTINGS, {
      clock,
      random,
      onChange: (state, isHeard) => onCircuit({ endpoints, state, isHeard }),
      tell: (news) => board.tell(endpoints, news),
    });
    this.circuits.set(endpoints, circuit);
    return circuit;
  }
}

/** What an attempt tells about whether Klaviyo is well. */
export function outcomeOf({ failure, isGivenUp, durationMs }: Attempt): CallOutcome {
  switch (failure?.kind) {
    case undefined:
      return isGivenUp ? "unknown" : "success";
    case "not-sent":
      return failure.cause === "unreachable" || durationMs >= TELLING_MS ? "failure" : "unknown";
    case "timeout":
      return durationMs >= TELLING_MS ? "failure" : "unknown";
    case "connection-lost":
    case "unavailable":
    case "invalid-response":
      return "failure";
    case "refused":
      return "success";
    // Whoever counts calls answers also when what is behind it is down.
    case "throttled":
    case "held-back":
      return "unknown";
  }
}
