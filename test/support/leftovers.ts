import { getEventListeners } from "node:events";

/** Remembers every signal that is made, so that it can be asked who still listens to them. */
export class SignalLedger implements Disposable {
  private readonly signals: AbortSignal[] = [];
  private readonly original = globalThis.AbortController;

  constructor() {
    const { signals } = this;
    globalThis.AbortController = class extends this.original {
      constructor() {
        super();
        signals.push(this.signal);
      }
    };
  }

  /** Listeners on signals that may still abort. Who listens to one that has aborted has been told. */
  get listenerCount(): number {
    return this.signals.filter(({ aborted }) => !aborted).flatMap((signal) => getEventListeners(signal, "abort"))
      .length;
  }

  [Symbol.dispose](): void {
    globalThis.AbortController = this.original;
  }
}

/** How many sockets, servers and look-ups keep the process alive. */
export function heldResources(): number {
  return process.getActiveResourcesInfo().filter((kind) => RELEVANT.has(kind)).length;
}

const RELEVANT: ReadonlySet<string> = new Set([
  "TCPSocketWrap",
  "TCPServerWrap",
  "TLSWrap",
  "TCPConnectWrap",
  "GetAddrInfoReqWrap",
]);
