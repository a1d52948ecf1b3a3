import type { CallerAllowance } from "../resilience/caller-allowance.js";
import type { Clock } from "../resilience/clock.js";
import type { CallLedger } from "../resilience/call-ledger.js";
import { MemoryLedger } from "../resilience/memory-ledger.js";
import type { TokenBuckets } from "../resilience/token-buckets.js";
import { type CircuitBoard, NO_BOARD } from "../resilience/circuit-board.js";
import { NO_REGISTER, type WriteRegister } from "../resilience/write-register.js";
import type { AnswerStore } from "../klaviyo/answer-store.js";
import type { StatisticsStore } from "../statistics/statistics-store.js";
import { FallbackLedger } from "./fallback-ledger.js";
import { LocalShare } from "./local-share.js";
import { RedisAnswers } from "./redis-answers.js";
import { RedisCircuits } from "./redis-circuits.js";
import { RedisLedger } from "./redis-ledger.js";
import { RedisLink, type RedisLinkOptions, type RedisState } from "./redis-link.js";
import { RedisStatistics } from "./redis-statistics.js";
import { RedisWriteRegister } from "./redis-write-register.js";
import { SharedTokenBuckets } from "./shared-token-buckets.js";

export interface SharingOptions extends Omit<RedisLinkOptions, "url"> {
  /** Empty: nothing is shared. */
  readonly url: string;
  readonly replicas: number;
  /** The longest that one call to Klaviyo can run. */
  readonly callLimitMs: number;
  /** Instead of Redis's own clock, where a test holds the time. */
  readonly nowMs?: (() => number) | undefined;
}

/** What a replica has in common with the others; without Redis, what it would have. */
export interface Sharing {
  /** The calls and the writes of one account. */
  readonly of: (account: string) => AccountSharing;
  /** @param local what there is without Redis */
  readonly answers: (local: AnswerStore) => AnswerStore;
  /** @param local what there is without Redis */
  readonly statistics: (local: StatisticsStore) => StatisticsStore;
  /** @param local what there is without Redis */
  readonly allowance: (local: TokenBuckets) => CallerAllowance;
  /** Undefined where nothing is shared. */
  readonly state: () => RedisState | undefined;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface AccountSharing {
  readonly ledger: CallLedger;
  readonly register: WriteRegister;
  readonly board: CircuitBoard;
  /** Lets go of the account. What is under way ends as if nothing had happened. */
  readonly close: () => void;
}

/** Between leave to make a call and its first byte, and between its last byte and the news of it. */
const MARGIN_MS = 1_000;

export function createSharing({ url, replicas, callLimitMs, nowMs, ...rest }: SharingOptions): Sharing {
  const { clock } = rest;
  if (url === "") return unshared(clock);
  const link = new RedisLink({ ...rest, url });
  const share = new LocalShare(replicas);
  const circuits = new RedisCircuits(link);
  return {
    of: (account) => {
      const shared = new RedisLedger({ link, clock, leaseMs: callLimitMs + MARGIN_MS, nowMs });
      return {
        ledger: new FallbackLedger({ shared, local: new MemoryLedger(clock), share, link }),
        register: new RedisWriteRegister({ link, clock, account }),
        board: circuits.of(account),
        close: shared.close,
      };
    },
    answers: (answers) => new RedisAnswers({ link, local: answers }),
    statistics: (statistics) => new RedisStatistics({ link, local: statistics }),
    allowance: (buckets) => new SharedTokenBuckets({ link, local: buckets, nowMs }),
    state: () => link.state,
    start: () => link.start(),
    close: () => link.close(),
  };
}

function unshared(clock: Clock): Sharing {
  const nothing = async () => {};
  return {
    of: () => ({ ledger: new MemoryLedger(clock), register: NO_REGISTER, board: NO_BOARD, close: () => {} }),
    answers: (answers) => answers,
    statistics: (statistics) => statistics,
    allowance: (buckets) => buckets,
    state: () => undefined,
    start: nothing,
    close: nothing,
  };
}
