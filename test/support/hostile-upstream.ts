import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { HeldClock } from "./held-clock.js";
import { until } from "./until.js";
import { takeRequest, type WireCall } from "./wire-call.js";

/** What a script has in its hands when a request has come in. */
export interface Stage {
  readonly call: WireCall;
  readonly socket: Socket;
  readonly clock: HeldClock;
  /** Hands the request on to the simulator, and the answer back; with more bytes at its end, if there are any. */
  readonly relay: (surplus?: Buffer) => void;
}

/** Answers a request with whatever bytes it likes, or with none. */
export type Script = (stage: Stage) => void | Promise<void>;

export interface HostileUpstreamOptions {
  readonly clock: HeldClock;
  /** Who answers what no script does; asked for when the first request comes. */
  readonly simulatorUrl: () => string;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** What the base URL promises, whatever is true. Default: what is. */
  readonly scheme?: "http" | "https";
}

/** What is played to the requests or connections that come next. */
interface Plan {
  readonly matches: (call: WireCall) => boolean;
  readonly script: Script;
  left: number;
}

/**
 * A server that knows bytes and no manners: what is scripted it does to a connection, whatever HTTP may say. All other requests go on
 * to the simulator, over a connection for each of the gateway's, so that what breaks there breaks here.
 */
export class HostileUpstream implements AsyncDisposable {
  /** Every request so far. */
  readonly calls: WireCall[] = [];
  private readonly server: Server;
  private readonly open = new Set<Socket>();
  private plan: Plan | undefined;
  private greetings: { readonly greeting: (socket: Socket) => void; left: number } = { greeting: () => {}, left: 0 };

  constructor(private readonly options: HostileUpstreamOptions) {
    const { tls } = options;
    this.server = tls
      ? createTlsServer(tls, (socket) => this.serve(socket))
      : createServer((socket) => this.serve(socket));
    this.server.on("connection", (socket: Socket) => this.greet(socket));
    // Clients that do not like the certificate hang up; that is for the client to tell.
    this.server.on("tlsClientError", () => {});
  }

  get openCount(): number {
    return this.open.size;
  }

  get url(): string {
    const scheme = this.options.scheme ?? (this.options.tls ? "https" : "http");
    return `${scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this.url;
  }

  /** Plays a script to the next requests that match: so many, or until `rest`. */
  play(script: Script, matches: (call: WireCall) => boolean, times: number): void {
    this.plan = { script, matches, left: times };
  }

  /** Hangs up, and does something to the next connections as soon as they are there: so many, or until `rest`. */
  async playOnConnect(greeting: (socket: Socket) => void, times: number): Promise<void> {
    this.greetings = { greeting, left: times };
    for (const socket of this.open) socket.end();
    await until(() => this.open.size === 0);
  }

  rest(): void {
    this.plan = undefined;
    this.greetings.left = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** For TLS this is the connection below. */
  private greet(socket: Socket): void {
    this.open.add(socket);
    socket.on("close", () => this.open.delete(socket));
    socket.on("error", () => socket.destroy());
    if (this.greetings.left-- > 0) this.greetings.greeting(socket);
  }

  private serve(socket: Socket): void {
    let received: Buffer = Buffer.alloc(0);
    let callsBefore = 0;
    const relay = this.relayFor(socket);
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let taken = takeRequest(received); taken; taken = takeRequest(received)) {
        const { bytes, method, path } = taken;
        received = received.subarray(bytes.length);
        this.perform({ method, path, callsBefore: callsBefore++ }, socket, (surplus) => relay(bytes, surplus));
      }
    });
  }

  private perform(call: WireCall, socket: Socket, relay: Stage["relay"]): void {
    const { plan } = this;
    this.calls.push(call);
    if (!plan || plan.left === 0 || !plan.matches(call)) return relay();
    plan.left--;
    void plan.script({ call, socket, clock: this.options.clock, relay });
  }

  private relayFor(socket: Socket): (bytes: Buffer, surplus?: Buffer) => void {
    let klaviyo: Socket | undefined;
    let surplus: Buffer = Buffer.alloc(0);
    const pass = (chunk: Buffer) => {
      socket.write(Buffer.concat([chunk, surplus]));
      surplus = Buffer.alloc(0);
    };
    return (bytes, more = Buffer.alloc(0)) => {
      klaviyo ??= this.openRelay(socket, pass);
      surplus = more;
      klaviyo.write(bytes);
    };
  }

  private openRelay(socket: Socket, pass: (chunk: Buffer) => void): Socket {
    const { hostname, port } = new URL(this.options.simulatorUrl());
    const klaviyo = connect(Number(port), hostname);
    klaviyo.on("data", pass);
    klaviyo.on("end", () => socket.end());
    klaviyo.on("error", () => socket.resetAndDestroy());
    socket.on("close", () => klaviyo.destroy());
    return klaviyo;
  }
}
