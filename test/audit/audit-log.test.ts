import { execFileSync } from "node:child_process";
import { closeSync, constants, createReadStream, openSync, readFileSync, readSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rename, rm, mkdir, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { AuditLog, type AuditSink } from "../../src/audit/audit-log.js";
import { fileSink } from "../../src/audit/audit-sinks.js";
import { Verification, verifyAuditLog } from "../../src/audit/verify-audit-log.js";
import { cancel, ID } from "../support/cancel.js";
import { describeWhere } from "../support/describe-where.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "audit-"));
  path = join(directory, "audit.log");
});
afterEach(() => rm(directory, { recursive: true }));

function start(): Promise<TestGateway> {
  return startGateway({
    env: { AUDIT_LOG: path },
    simulator: {
      campaigns: [
        { id: ID, status: "Sending" },
        { id: "B", status: "Sending" },
      ],
    },
  });
}

/** Presses the button a few times, with a restart in between. */
async function written(): Promise<string> {
  for (const ids of [[ID, "B"], [ID]]) {
    await using gateway = await start();
    for (const id of ids)
      expect((await cancel(gateway, { id })).body.data.cancelCampaignSend.outcome).toMatch(/STOPPED/);
  }
  return readFile(path, "utf8");
}

test("each write is one line, and the chain goes on over a restart", async () => {
  const text = await written();
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ sequence, audit, campaignId }) => [sequence, audit, campaignId])).toEqual([
    [1, "cancelCampaignSend", ID],
    [2, "cancelCampaignSend", "B"],
    [3, "cancelCampaignSend", ID],
  ]);
  expect(lines[0]).toMatchObject({ at: expect.any(String), outcome: "STOPPED" });
  expect(verifyAuditLog(text)).toMatchObject({ faults: [], lines: 3 });
});

describe("verification finds", () => {
  test.each<readonly [string, (lines: string[]) => string[], string]>([
    ["a changed word", ([a = "", ...rest]) => [a.replace("STOPPED", "UNKNOWN"), ...rest], "Line 1 was changed"],
    [
      "a changed hash",
      ([a = "", ...rest]) => [a.replace(/"hash":".*"/, `"hash":"${"f".repeat(64)}"`), ...rest],
      "Line 1 was changed",
    ],
    ["a line taken out", ([a = "", , c = ""]) => [a, c], "Line 2 does not follow"],
    ["the first line taken out", ([, ...rest]) => rest, "Line 1 does not follow"],
    ["lines that changed places", ([a = "", b = "", c = ""]) => [b, a, c], "Line 1 does not follow"],
    ["a line twice", ([a = "", ...rest]) => [a, a, ...rest], "Line 2 does not follow"],
    ["a line of somebody else's", (lines) => [...lines, `{"sequence":4}`], "Line 4 was changed"],
  ])("%s", async (_what, tamper, fault) => {
    const lines = (await written()).trim().split("\n");
    const { faults } = verifyAuditLog(`${tamper(lines).join("\n")}\n`);
    expect(faults[0]).toContain(fault);
  });

  test("half a line, that a killed process left", async () => {
    const text = await written();
    expect(verifyAuditLog(text.slice(0, -20)).faults).toEqual(["The last line was cut off."]);
    await writeFile(path, text.slice(0, -20));
    await using gateway = await start();
    await cancel(gateway);
    await until(() => readFileSync(path, "utf8").split("\n").length === 5);
    expect(verifyAuditLog(await readFile(path, "utf8")).faults).toEqual([
      "Line 3 was changed, or is no line of an audit log.",
    ]);
  });
});

test("what cannot be written is reported, holds up nobody, and is written when it can be", async () => {
  await using gateway = await start();
  await cancel(gateway);
  await until(() => readFileSync(path, "utf8") !== "");
  await rename(path, `${path}.kept`);
  // Nothing can be appended to a directory.
  await mkdir(path);
  for (const id of ["B", ID])
    expect((await cancel(gateway, { id })).body.data.cancelCampaignSend.outcome).toMatch(/STOPPED/);
  await until(() => gateway.logs.some(({ msg }) => msg === "audit log cannot be written"));
  await rm(path, { recursive: true });
  await rename(`${path}.kept`, path);
  gateway.clock.advance(1_000);
  await until(() => gateway.logs.some(({ msg }) => msg === "audit log is written again"));
  expect(verifyAuditLog(await readFile(path, "utf8"))).toMatchObject({ faults: [], lines: 3 });
});

test("what cannot be written until the end is lost, and the last of the log says how much", async () => {
  const gateway = await start();
  await rm(path);
  await mkdir(path);
  for (const id of ["B", ID]) await cancel(gateway, { id });
  await gateway.close();
  const troubles = gateway.logs.filter(({ msg }) => msg === "audit log cannot be written");
  expect(troubles.at(-1)).toMatchObject({ waiting: 0, lost: 2 });
});

/** A log of its own, into the file or wherever `sink` leads. */
function auditLog(sink: AuditSink = fileSink(path)): AuditLog {
  return new AuditLog({ sink, clock: new HeldClock(), onTrouble: () => {}, onRecovery: () => {} });
}

test("a text with what other languages take for the end of a line verifies", async () => {
  const log = auditLog();
  await log.start();
  for (const subject of ["a", "a\u2028b\u2029c", "d"]) log.append({ subject });
  await log.close();
  expect(verifyAuditLog(await readFile(path, "utf8")).faults).toEqual([]);
});

test("the chain goes on after a last line that lacks nothing but its end", async () => {
  for (const count of [2, 1]) {
    const log = auditLog();
    await log.start();
    for (let n = 0; n < count; n++) log.append({ n });
    await log.close();
    const text = await readFile(path, "utf8");
    expect(verifyAuditLog(text).faults).toEqual([]);
    await writeFile(path, text.slice(0, -1));
  }
});

/** Records in a log of the file's, from its start to its end. */
async function append(...records: readonly object[]): Promise<void> {
  const log = auditLog();
  await log.start();
  for (const record of records) log.append(record);
  await log.close();
}

test("the chain goes on in a file that is larger than a text can be", async () => {
  // A hole takes no room on the disk.
  const size = 600 * 2 ** 20;
  await append({ n: 1 });
  const first = await readFile(path);
  await truncate(path, size);
  await appendFile(path, `\n${first}`);
  await append({ n: 2 });
  const { faults, lines } = verifyAuditLog(await text(createReadStream(path, { start: size + 1 })));
  expect([faults, lines]).toEqual([[], 2]);
});

test.each([
  ["longer than what is read at once", "x".repeat(200_000)],
  ["of characters of several bytes", "ä€𝄞".repeat(30_000)],
])("the chain goes on after a line that is %s", async (_, value) => {
  await append({ n: 1 }, { value });
  await append({ n: 3 });
  await appendFile(path, "y".repeat(100_000));
  await append({ n: 4 });
  expect(verifyAuditLog(await readFile(path, "utf8")).faults).toEqual([
    "Line 4 was changed, or is no line of an audit log.",
  ]);
});

test("a file that is moved while the gateway runs is gone on from in a new one, and both together verify", async () => {
  const log = auditLog();
  await log.start();
  log.append({ n: 1 });
  await until(() => readFileSync(path, "utf8") !== "" && log.state.waiting === 0);
  await rename(path, `${path}.1`);
  log.append({ n: 2 });
  await log.close();
  await append({ n: 3 });
  const [older, newer] = await Promise.all([readFile(`${path}.1`, "utf8"), readFile(path, "utf8")]);
  expect(verifyAuditLog(older + newer)).toMatchObject({ faults: [], lines: 3 });
  expect(verifyAuditLog(newer).faults).toEqual([expect.stringContaining("Line 1 does not follow")]);
});

test("what is read in parts verifies as it does in one", async () => {
  const whole = `${await written()}cut off`;
  const verification = new Verification();
  for (let at = 0; at < whole.length; at += 7) verification.add(whole.slice(at, at + 7));
  expect(verification.finish()).toEqual(verifyAuditLog(whole));
  expect(verification.finish()).toMatchObject({ faults: ["The last line was cut off."], lines: 3 });
});

test("what comes after the end and cannot be written is lost and counted, and what can be is written", async () => {
  let isFull = true;
  const written: string[] = [];
  const log = auditLog({
    open: async () => undefined,
    write: async (lines) => {
      if (isFull) throw new Error("There is no room.");
      written.push(lines);
    },
  });
  await log.start();
  log.append({ n: 1 });
  await log.close();
  expect(log.state).toMatchObject({ waiting: 0, lost: 1 });
  log.append({ n: 2 });
  await until(() => log.state.lost === 2);
  isFull = false;
  log.append({ n: 3 });
  await until(() => !log.state.isFailing);
  expect(written).toEqual([expect.stringContaining(`"sequence":3,`)]);
  expect(log.state).toMatchObject({ waiting: 0, lost: 2 });
});

function hasSomething(reader: number): boolean {
  try {
    return readSync(reader, Buffer.alloc(1)) > 0;
  } catch {
    return false;
  }
}

describeWhere(process.platform !== "win32", "Pipes have no names in the file system here.", "a file", () => {
  test("that takes the place of one that cannot be written loses nothing", async () => {
    await append({ n: 1 });
    await rename(path, `${path}.kept`);
    execFileSync("mkfifo", [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    // More than a pipe takes: the rest of it waits for the reader, who leaves when the file is back by its name.
    const failed = expect(fileSink(path).write("x".repeat(300_000))).rejects.toThrow();
    await until(() => hasSomething(reader));
    await rename(path, `${path}.pipe`);
    await rename(`${path}.kept`, path);
    closeSync(reader);
    await failed;
    expect(verifyAuditLog(await readFile(path, "utf8"))).toMatchObject({ faults: [], lines: 1 });
  });
});

test("a file that is something else is not written to", async () => {
  await writeFile(path, "something else\n".repeat(2_000_000));
  await expect(append({ n: 1 })).rejects.toThrow("no line of an audit log");
  expect((await stat(path)).size).toBe(30_000_000);
});

/** What is appended so many turns after the first write is over, and what was written of it in the end. */
async function appendAfterWrite(turns: number, isClosing: boolean): Promise<{ log: AuditLog; writes: () => number }> {
  let writes = 0;
  const sink: AuditSink = {
    open: async () => undefined,
    write: () =>
      new Promise((resolve) => {
        writes += 1;
        setImmediate(() => {
          resolve();
          if (writes === 1) later(turns);
        });
      }),
  };
  const log = auditLog(sink);
  const later = (left: number): void => (left === 0 ? log.append({ n: 2 }) : queueMicrotask(() => later(left - 1)));
  await log.start();
  log.append({ n: 1 });
  if (isClosing) await log.close();
  return { log, writes: () => writes };
}

test.each([0, 1, 2, 3, 4, 5])("what comes %d turns after a write is over is written", async (turns) => {
  const { log, writes } = await appendAfterWrite(turns, false);
  await until(() => writes() === 2);
  expect(log.state).toMatchObject({ isFailing: false });
});

test.each([0, 2, 4, 5, 6, 7, 8])("what comes %d turns after the last write is written, not lost", async (turns) => {
  const { log, writes } = await appendAfterWrite(turns, true);
  await until(() => writes() === 2);
  expect(log.state).toMatchObject({ lost: 0, isFailing: false });
});
