import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createSimulator } from "../../src/simulator/simulator.js";
import { CANCEL } from "../support/cancel.js";
import { post } from "../support/gateway.js";
import { buildForAll, environment, startServer } from "./server-process.js";

const built = buildForAll();
let directory: string;
/** What a process with AUDIT_LOG=stdout has written of two cancels. */
let lines: readonly string[];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "audit-"));
  lines = await auditLinesOf(["A", "B"]);
}, 60_000);
afterAll(() => rm(directory, { recursive: true }));

async function auditLinesOf(ids: readonly string[]): Promise<readonly string[]> {
  const simulator = createSimulator({ campaigns: ids.map((id) => ({ id, status: "Sending" })) });
  await using server = startServer(built, "main.js", environment(await simulator.listen(), { AUDIT_LOG: "stdout" }));
  const url = await server.url();
  for (const id of ids) await post(url, { query: CANCEL, variables: { id, revision: "2026-07-15", action: "CANCEL" } });
  server.child.kill("SIGTERM");
  await server.exit;
  await simulator.close();
  return server.stdout.filter((line) => line.startsWith('{"sequence"'));
}

interface Verified {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function verify(...args: readonly string[]): Promise<Verified> {
  const node = [join(built.directory, "audit/verify.js"), ...args];
  return promisify(execFile)(process.execPath, node).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

async function verifyText(text: string): Promise<Verified> {
  const path = join(directory, "audit.log");
  await writeFile(path, text);
  return verify(path);
}

test("a process writes its audit log to standard output, and the command verifies it", async () => {
  expect(lines).toHaveLength(2);
  const { code, stdout, stderr } = await verifyText(`${lines.join("\n")}\n`);
  const { hash } = JSON.parse(lines[1] ?? "");
  expect([code, stdout, stderr]).toEqual([0, `2 lines, 0 faults. The last hash is ${hash}.\n`, ""]);
});

describe("the command ends with 1, and names", () => {
  test.each<readonly [string, (all: readonly string[]) => string, RegExp]>([
    ["a line that was changed", ([a = "", b]) => `${a.replace("STOPPED", "UNKNOWN")}\n${b}\n`, /Line 1 was changed/],
    ["a line that was removed", ([, b]) => `${b}\n`, /Line 1 does not follow/],
    ["a last line that was cut off", ([a, b = ""]) => `${a}\n${b.slice(0, 40)}`, /The last line was cut off/],
  ])("%s", async (_, tamper, fault) => {
    const { code, stderr } = await verifyText(tamper(lines));
    expect(code).toBe(1);
    expect(stderr).toMatch(fault);
  });
});

test("with a file that is not there the command says so in a line, and ends with 2", async () => {
  const { code, stderr } = await verify(join(directory, "missing.log"));
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^\S+missing\.log cannot be read: ENOENT.*\n$/)]);
});

test("without a file the command says what it needs, and ends with 2", async () => {
  expect(await verify()).toMatchObject({ code: 2, stderr: "Which file? npm run audit:verify -- <file>\n" });
});
