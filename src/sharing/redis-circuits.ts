import { randomUUID } from "node:crypto";
import type { CircuitBoard, CircuitNews } from "../resilience/circuit-board.js";
import type { RedisLink } from "./redis-link.js";

type Listener = Parameters<CircuitBoard["onNews"]>[0];

interface Message {
  readonly from: string;
  readonly account: string;
  readonly circuit: string;
  readonly news: CircuitNews;
}

const CHANNEL = "gateway:circuits";

/** Tells all replicas that listen at the moment, through one channel for all accounts. Nothing is kept in Redis. */
export class RedisCircuits {
  /** Of this process: what it told itself comes back as well. */
  private readonly replica = randomUUID();
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly link: Pick<RedisLink, "publish" | "onMessage">) {
    link.onMessage(CHANNEL, (text) => this.hear(text));
  }

  of(account: string): CircuitBoard {
    return {
      tell: (circuit, news) => {
        const message: Message = { from: this.replica, account, circuit, news };
        this.link.publish(CHANNEL, JSON.stringify(message));
      },
      onNews: (listener) => {
        const listeners = this.listeners.get(account) ?? new Set();
        this.listeners.set(account, listeners.add(listener));
        return () => {
          listeners.delete(listener);
          if (listeners.size === 0) this.listeners.delete(account);
        };
      },
    };
  }

  private hear(text: string): void {
    const message = messageIn(text);
    if (!message || message.from === this.replica) return;
    for (const listener of this.listeners.get(message.account) ?? []) listener(message.circuit, message.news);
  }
}

/** @returns undefined for what a replica of another version tells, and for what is none of ours */
function messageIn(text: string): Message | undefined {
  try {
    const { from, account, circuit, news } = JSON.parse(text) as Partial<Message>;
    if (typeof from !== "string" || typeof account !== "string" || typeof circuit !== "string") return undefined;
    if (news?.state === "closed") return { from, account, circuit, news: { state: "closed" } };
    if (news?.state !== "open" || !Number.isFinite(news.forMs)) return undefined;
    return { from, account, circuit, news: { state: "open", forMs: news.forMs } };
  } catch {
    return undefined;
  }
}
