import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { HeldClock } from "../support/held-clock.js";
import { drip } from "./scripts.js";

/** A share of a limit, after a time, of which the eighths do not add up to the last bit. */
const BEFORE_MS = 120_000;
const LIMIT_MS = (4_900 * 2) / 3;

test("a drip ends when the limit is reached, to the last bit: what is left of it would pass in real time", async () => {
  const clock = new HeldClock();
  clock.advance(BEFORE_MS);
  let isReached = false;
  clock.after(LIMIT_MS, () => (isReached = true));
  const server = createServer((client) => client.resume()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  const drops: number[] = [];
  const script = drip((_, step) => (isReached ? "late" : (drops.push(step), "drop")));
  await script({ call: { method: "GET", path: "/", callsBefore: 0 }, socket, clock, relay: () => {} });
  socket.destroy();
  server.close();
  expect(isReached).toBe(true);
  expect(drops).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
