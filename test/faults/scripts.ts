import { setImmediate } from "node:timers/promises";
import { API_KEY } from "../support/gateway.js";
import type { Play } from "./fault-row.js";
import type { Script, Stage } from "../support/hostile-upstream.js";

/** Stands in every hostile answer, and must stand nowhere else afterwards. So must the gateway's key, which some answers repeat. */
export const SECRET = "planted-by-the-upstream";
export const JSON_API = "application/vnd.api+json";

/** Parts of answers that look like Klaviyo's. */
export const OK = "200 OK";
export const HEAD = { "Content-Type": JSON_API };
export const CHUNKED = { ...HEAD, "Transfer-Encoding": "chunked" };

/** A sound document about just what was asked for, and a lie in all it says. It spoils whatever believes half an answer. */
export function lieAbout({ call }: Stage): string {
  const [, , collection = "", rest = ""] = call.path.split(/[/?]/);
  const isList = call.path.startsWith("/api/campaigns?");
  const campaign = { name: `${SECRET} ${API_KEY}`, status: "Cancelled" };
  const data = { type: collection.replace(/s$/, ""), id: decodeURIComponent(rest), attributes: campaign };
  return JSON.stringify({ data: isList ? [{ ...data, id: SECRET }] : data });
}

export function http(status: string, headers: Readonly<Record<string, string | number>>, body: string | Buffer = "") {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`), Buffer.from(body)]);
}

/** A sound HTTP answer. */
export function whole(
  status: string,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Script {
  const length = Buffer.byteLength(body);
  return ({ socket }) =>
    void socket.write(http(status, { "Content-Type": type, "Content-Length": length, ...headers }, body));
}

/** HTTP 200 and JSON, by its head. */
export function json(bodyOf: (stage: Stage) => string): Script {
  return (stage) => whole("200 OK", JSON_API, bodyOf(stage))(stage);
}

/** Bytes, and then nothing more: the connection stays. */
export function bytes(bytesOf: (stage: Stage) => string | Buffer): Script {
  return (stage) => void stage.socket.write(bytesOf(stage));
}

/** Bytes, and then the connection ends in an orderly way. */
export function bytesAndEnd(bytesOf: (stage: Stage) => string | Buffer): Script {
  return (stage) => void stage.socket.end(bytesOf(stage));
}

/** Bytes, and when they are out, the connection is reset. */
export function bytesAndReset(bytesOf: (stage: Stage) => string | Buffer): Script {
  return ({ socket, ...rest }) =>
    void socket.write(bytesOf({ socket, ...rest }), () => {
      socket.resetAndDestroy();
    });
}

/** Bytes, and then so much time that the gateway's next limit is reached. */
export function bytesAndStall(bytesOf: (stage: Stage) => string | Buffer): Script {
  return async (stage) => {
    stage.socket.write(bytesOf(stage));
    await setImmediate();
    stage.clock.advanceTo(stage.clock.nextDueMs);
  };
}

const STEPS = 8;

/** Something to do again and again, while the time until the gateway's next limit passes bit by bit. */
export function drip(drop: (stage: Stage, step: number) => string | Buffer): Script {
  return async (stage) => {
    const { nextDueMs, untilNextMs } = stage.clock;
    for (let step = 0; step < STEPS; step++) {
      stage.socket.write(drop(stage, step));
      await setImmediate();
      const stepsLeft = STEPS - 1 - step;
      stage.clock.advanceTo(nextDueMs - (stepsLeft / STEPS) * untilNextMs);
    }
  };
}

/** More and more bytes, until the gateway hangs up. */
export function flood(start: (stage: Stage) => string | Buffer, more: string | Buffer): Script {
  return async (stage) => {
    const { socket } = stage;
    socket.write(start(stage));
    while (!socket.destroyed) {
      if (socket.writableNeedDrain) await setImmediate();
      else socket.write(more);
    }
  };
}

/** Bytes before the true answer. */
export function preamble(before: string): Script {
  return ({ socket, relay }) => {
    socket.write(before);
    relay();
  };
}

/** The gateway's wall clock is put forward or back while Klaviyo thinks. */
export function jump(ms: number, then: Script): Script {
  return (stage) => {
    stage.clock.wallErrorMs = ms;
    return then(stage);
  };
}

/** A piece of a chunked body. */
export function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

/** The same as a play. */
export function script(played: Script): Play {
  return { by: "script", script: played };
}
