import { createServer, type IncomingMessage } from "node:http";
import { request } from "undici";
import { listenOnLoopback, type Loopback } from "../support/loopback.js";

/** One exchange with Klaviyo, in bytes of its request target and bodies: headers are the same for all. */
export interface MeteredCall {
  readonly method: string;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** What the answer would have been without sparse fieldsets. */
  readonly wholeBytes: number;
}

export interface MeteringProxy extends Loopback {
  readonly calls: readonly MeteredCall[];
}

/** Stands between the gateway and the simulator, and weighs what passes. */
export async function startMeteringProxy(upstreamUrl: () => string): Promise<MeteringProxy> {
  const calls: MeteredCall[] = [];
  const server = createServer(async (incoming, response) => {
    const body = await bodyOf(incoming);
    const target = incoming.url ?? "/";
    const whole =
      incoming.method === "GET" ? await forward(upstreamUrl(), incoming, withoutFieldsets(target), "") : undefined;
    const answer = await forward(upstreamUrl(), incoming, target, body);
    calls.push({
      method: incoming.method ?? "",
      sentBytes: Buffer.byteLength(target) + Buffer.byteLength(body),
      receivedBytes: answer.body.length,
      wholeBytes: (whole ?? answer).body.length,
    });
    response.writeHead(answer.status, { "content-type": answer.contentType }).end(answer.body);
  });
  return { calls, ...(await listenOnLoopback(server)) };
}

async function forward(
  upstreamUrl: string,
  { method = "GET", headers }: IncomingMessage,
  target: string,
  body: string,
) {
  const { "content-length": _length, connection: _connection, "transfer-encoding": _encoding, ...rest } = headers;
  const answer = await request(`${upstreamUrl}${target}`, {
    method: method as "GET",
    // The links of an answer repeat the host: with this one they are as long as Klaviyo's, whatever the port.
    headers: { ...rest, host: "a.klaviyo.com" },
    body: body === "" ? null : body,
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return { status: answer.statusCode, contentType: String(answer.headers["content-type"] ?? ""), body: bytes };
}

function withoutFieldsets(target: string): string {
  const [path = "", query = ""] = target.split("?");
  const kept = [...new URLSearchParams(query)].filter(([name]) => !name.startsWith("fields["));
  return kept.length > 0 ? `${path}?${new URLSearchParams(kept).toString()}` : path;
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
