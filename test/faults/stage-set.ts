import { HeldClock } from "../support/held-clock.js";
import { HostileUpstream } from "../support/hostile-upstream.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";
import { certificates } from "../support/certificates.js";
import type { Play } from "./fault-row.js";
import type { Trial } from "./trials.js";

/** A limit small enough to be exceeded soon. The breaker looks at many calls together, and has tests of its own. */
const ENV = { KLAVIYO_RESPONSE_LIMIT_BYTES: "65536", KLAVIYO_BREAKER: "off" };

/** Connections for cancels, and those for all else. */
const CONNECTION_KINDS = 2;

/** A gateway, a Klaviyo, and between them what goes wrong. */
export interface StageSet extends AsyncDisposable {
  readonly gateway: TestGateway;
  readonly clock: HeldClock;
  readonly upstream: HostileUpstream;
  readonly mostConnections: number;
  /** From now on it goes wrong: so many times. @returns how to end it */
  goWrong(trial: Trial, id: string, times: number): Promise<() => Promise<void>>;
}

export async function startStageSet(play: Play): Promise<StageSet> {
  const clock = new HeldClock();
  let simulatorUrl = "";
  const upstream = new HostileUpstream({
    clock,
    simulatorUrl: () => simulatorUrl,
    ...(play.by === "certificate" && { tls: certificates()[play.certificate] }),
    ...(play.by === "connection" && play.scheme && { scheme: play.scheme }),
  });
  const upstreamUrl = await upstream.listen();
  const gateway = await startGateway({ clock, env: ENV, upstreamUrl: play.by === "origin" ? play.url : upstreamUrl });
  ({ simulatorUrl } = gateway);
  const goWrong = async (trial: Trial, id: string, times: number) => {
    if (play.by === "simulator") return addFault(gateway, play, trial, id, times);
    if (play.by === "script") upstream.play(play.script, ({ method }) => method === trial.hits, times);
    if (play.by === "connection") await upstream.playOnConnect((socket) => play.greeting(socket, clock), times);
    return async () => {
      upstream.rest();
      clock.wallErrorMs = 0;
    };
  };
  const close = async () => {
    // It waits for running work, on a clock that stands still: where something were left, this would not end.
    await gateway.close();
    await until(() => upstream.openCount === 0);
    await upstream[Symbol.asyncDispose]();
  };
  // Connecting has a limit in real time, which hardly passes here while the gateway's clock runs out: then attempts pile up.
  const mostConnections = play.by === "connection" ? Infinity : 2 * CONNECTION_KINDS;
  return { gateway, clock, upstream, mostConnections, goWrong, [Symbol.asyncDispose]: close };
}

async function addFault(
  { simulator, simulatorUrl, clock }: TestGateway,
  { answer, applied, stalls }: Extract<Play, { by: "simulator" }>,
  { hits, pathOf }: Trial,
  id: string,
  times: number,
): Promise<() => Promise<void>> {
  const url = `${simulatorUrl}/control/faults`;
  const match = { method: hits, path: pathOf(id) };
  const fault = { match, times: times === Infinity ? "always" : times, applied: applied === true, answer };
  const { status } = await fetch(url, { method: "POST", body: JSON.stringify(fault) });
  if (status !== 204) throw new Error(`The simulator does not know the fault: ${JSON.stringify(fault)}`);
  let left = times;
  const stopListening = simulator.onRequest(({ method, path }) => {
    if (stalls && method === hits && path.startsWith(match.path.replace("*", "")) && left-- > 0)
      setImmediate(() => clock.advanceTo(clock.nextDueMs));
  });
  return async () => {
    stopListening();
    await fetch(url, { method: "DELETE" });
  };
}
