import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { expect, test } from "@jest/globals";
import { listenOn } from "../../src/server/lifecycle.js";
import { describeWhere } from "../support/describe-where.js";

const CLIENTS = 800;
const SOMAXCONN = "/proc/sys/net/core/somaxconn";
const allowed = existsSync(SOMAXCONN) ? Number(readFileSync(SOMAXCONN, "utf8")) : 0;

/** Connects them all, and says how many got through before those who did not would have tried again. */
const CONNECT = `
const { connect } = require("node:net");
let connected = 0;
const end = () => { process.stdout.write(String(connected)); process.exit(); };
for (let client = 0; client < ${CLIENTS}; client++)
  connect(Number(process.argv[1]), "127.0.0.1", () => { if (++connected === ${CLIENTS}) end(); }).on("error", () => {});
// What is there by then is counted first, however late it is.
setTimeout(() => setImmediate(end), 900);
`;

const reason = `The system lets ${allowed} wait, not ${CLIENTS}.`;
describeWhere(allowed >= CLIENTS, reason, "who connects while the process is busy", () => {
  test("waits, and is not sent away to try again a second later", async () => {
    const server = createServer();
    const url = await listenOn(server, 0, "127.0.0.1");
    // It keeps this process busy: until the clients are there, none of them is looked at.
    const { stdout } = spawnSync(process.execPath, ["-e", CONNECT, new URL(url).port]);
    server.close();
    expect(String(stdout)).toBe(String(CLIENTS));
  });
});
