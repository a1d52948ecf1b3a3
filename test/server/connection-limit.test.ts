import { once } from "node:events";
import type { Socket } from "node:net";
import { expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { head, post, QUERY } from "../support/raw-request.js";
import { closed, openSocket, readAnswer, sendRaw } from "./raw-http.js";

const ALIVE = head("GET /livez HTTP/1.1");

/** It may have four connections. */
function startSmall(): Promise<TestGateway> {
  return startGateway({ env: { MAX_REQUESTS: "2", HTTP_CONNECTIONS_LIMIT: "4", METRICS_PORT: "0" } });
}

/** A client that connects and says nothing. */
async function beSilent({ url }: TestGateway): Promise<Socket> {
  const socket = openSocket(url);
  await once(socket, "connect");
  return socket;
}

/** A client that has been answered, and keeps its connection. */
async function beIdle({ url }: TestGateway): Promise<Socket> {
  const socket = openSocket(url);
  await askAgain(socket);
  return socket;
}

async function askAgain(socket: Socket): Promise<void> {
  socket.write(ALIVE);
  expect((await readAnswer(socket)).status).toBe(200);
}

/** A client whose request has begun to arrive. */
async function beBusy({ url }: TestGateway): Promise<Socket> {
  const socket = openSocket(url);
  socket.write(post(["Expect: 100-continue", `Content-Length: ${QUERY.length}`]));
  const [bytes] = await once(socket, "data");
  expect(String(bytes)).toContain("100 Continue");
  return socket;
}

async function refusedAt({ logs }: TestGateway): Promise<string | undefined> {
  const url = logs.find(({ msg }) => msg === "metrics")?.["url"];
  const text = await (await fetch(String(url))).text();
  return /^gateway_connections_refused_total (\d+)$/m.exec(text)?.[1];
}

test("who has been silent for longest makes room for the next, and who was answered before stays", async () => {
  await using gateway = await startSmall();
  const known = await beIdle(gateway);
  const first = await beSilent(gateway);
  const second = await beSilent(gateway);
  const newcomer = await beIdle(gateway);
  await closed(first);
  for (const socket of [known, second, newcomer]) await askAgain(socket);
  expect(await refusedAt(gateway)).toBe("1");
  for (const socket of [known, second, newcomer]) socket.destroy();
});

test("many who connect and are silent do not keep anybody from being answered", async () => {
  await using gateway = await startSmall();
  const known = await beIdle(gateway);
  const silent: Socket[] = [];
  for (let count = 0; count < 20; count++) silent.push(await beSilent(gateway));
  expect((await sendRaw(gateway.url, ALIVE)).status).toBe(200);
  await askAgain(known);
  for (const socket of [known, ...silent]) socket.destroy();
});

test("where nobody is silent, those who were answered and are idle make room", async () => {
  await using gateway = await startSmall();
  const busy = await beBusy(gateway);
  const idle = [await beIdle(gateway), await beIdle(gateway)];
  const newcomer = await beIdle(gateway);
  await Promise.all(idle.map(closed));
  busy.write(QUERY);
  expect((await readAnswer(busy)).body.trim()).toBe(`{"data":{"__typename":"Query"}}`);
  await askAgain(newcomer);
  expect(await refusedAt(gateway)).toBe("0");
  for (const socket of [busy, newcomer]) socket.destroy();
});

test("where all are busy, the next is refused and counted, and so is one more before those who are idle by then make room", async () => {
  await using gateway = await startSmall();
  const busy: Socket[] = [];
  for (let count = 0; count < 4; count++) busy.push(await beBusy(gateway));
  await expect(sendRaw(gateway.url, ALIVE)).rejects.toThrow("The connection ended");
  expect(await refusedAt(gateway)).toBe("1");
  const answers = busy.map((socket) => readAnswer(socket));
  for (const socket of busy) socket.write(QUERY);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await expect(sendRaw(gateway.url, ALIVE)).rejects.toThrow("The connection ended");
  expect((await sendRaw(gateway.url, ALIVE)).status).toBe(200);
  expect(await refusedAt(gateway)).toBe("2");
});
