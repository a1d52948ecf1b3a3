import { spawnSync } from "node:child_process";
import { copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery } from "graphql";
import { startGateway } from "../support/gateway.js";
import { buildForAll, type BuiltServer, environment, NOWHERE, startServer } from "./server-process.js";

const built = buildForAll();

/** What V8 may keep code under, which is another with each of its flags. */
const VERSION_TAG = 'process.stderr.write(String(require("node:v8").cachedDataVersionTag()))';

/** Whether V8 took the code that was kept for the script. */
const IS_TAKEN = `
const vm = require("node:vm");
vm.Script = class extends vm.Script {
  constructor(...parameters) {
    super(...parameters);
    process.stderr.write(String(this.cachedDataRejected === false));
  }
};`;

/** What production runs, and these files, in a folder of their own. */
async function copyOf(name: string, files: readonly string[]): Promise<BuiltServer> {
  const directory = join(built.directory, name);
  await mkdir(directory, { recursive: true });
  for (const file of ["main.js", "supported-node.js", "kept-code.js", ...files])
    await copyFile(join(built.directory, file), join(directory, file));
  return { directory };
}

describe("what production runs", () => {
  test("does not let V8 decide by allocation sites, nor tidy up in quiet times or for little (ADR 38, 42, 43)", async () => {
    const preload = join(built.directory, "version-tag.cjs");
    await writeFile(preload, `process.on("exit", () => ${VERSION_TAG});`);
    const env = environment(NOWHERE, { NODE_OPTIONS: `--require ${preload}` });
    await using server = startServer(built, "main.js", env);
    await server.url();
    server.child.kill("SIGTERM");
    await server.exit;
    const tagWith = (flags: readonly string[]) =>
      spawnSync(process.execPath, [...flags, "-e", VERSION_TAG]).stderr + "";
    const flags = ["--no-allocation-site-pretenuring", "--memory-reducer-gc-count=0", "--heap-growing-percent=200"];
    expect(server.stderr()).toBe(tagWith(flags));
    const others = flags.map((missing) => tagWith(flags.filter((flag) => flag !== missing)));
    expect(others).not.toContain(server.stderr());
  });

  test("is one file, beside those that come before it", async () => {
    const alone = await copyOf("alone", ["start.js"]);
    await using server = startServer(alone, "main.js", environment(NOWHERE));
    expect((await fetch(`${await server.url()}/livez`)).status).toBe(200);
  });

  test("is compiled by the build: V8 takes the code that was kept", async () => {
    const preload = join(built.directory, "is-taken.cjs");
    await writeFile(preload, IS_TAKEN);
    const env = environment(NOWHERE, { NODE_OPTIONS: `--require ${preload}` });
    await using server = startServer(built, "main.js", env);
    await server.url();
    expect(server.stderr()).toBe("true");
  });

  test.each<readonly [string, (code: Buffer) => Buffer]>([
    ["that is cut short", (code) => code.subarray(0, code.length >> 1)],
    ["of nothing", () => Buffer.alloc(0)],
    ["that is something else", (code) => Buffer.concat([code.subarray(0, 32), Buffer.from("something else")])],
  ])("starts without kept code where there is a file %s", async (_, change) => {
    const changed = await copyOf("other-code", ["start.js"]);
    await writeFile(
      join(changed.directory, "start.js.code"),
      change(await readFile(join(built.directory, "start.js.code"))),
    );
    await using server = startServer(changed, "main.js", environment(NOWHERE));
    expect((await fetch(`${await server.url()}/livez`)).status).toBe(200);
  });

  test("is what its file says, though V8 would take code that was kept of another file as long", async () => {
    const changed = await copyOf("other-file", ["start.js", "start.js.code"]);
    const file = join(changed.directory, "start.js");
    const [before, after] = ['"listening"', '"harkening"'];
    expect(before.length).toBe(after.length);
    await writeFile(file, (await readFile(file, "latin1")).replaceAll(before, after), "latin1");
    await using server = startServer(changed, "main.js", environment(NOWHERE));
    expect(await server.line("http://")).toContain('"msg":"harkening"');
  });

  test("is not built where it cannot stop a simulated campaign", async () => {
    const broken = await copyOf("broken", ["rehearsal.js"]);
    const code = await readFile(join(built.directory, "start.js"), "latin1");
    await writeFile(
      join(broken.directory, "start.js"),
      code.replaceAll('"campaign-send-job"', '"campaign-sent-job"'),
      "latin1",
    );
    await cp(join(built.directory, "simulator"), join(broken.directory, "simulator"), { recursive: true });
    const { status, stderr } = spawnSync(process.execPath, [join(broken.directory, "rehearsal.js")]);
    expect(status).toBe(1);
    expect(String(stderr)).toMatch(/^The rehearsal of a start failed: .*without "outcome":"STOPPED"/s);
    await expect(readFile(join(broken.directory, "start.js.code"))).rejects.toThrow("ENOENT");
  });

  test("imports nothing as it runs, which what is run with kept code cannot", async () => {
    expect(await readFile(join(built.directory, "start.js"), "latin1")).not.toMatch(/\bimport\(/);
  });

  test("has the same graph as its modules, though some of what libraries do is left out of it", async () => {
    await using server = startServer(built, "main.js", environment(NOWHERE, { NODE_ENV: "development" }));
    const url = `${await server.url()}/graphql`;
    const gateway = await startGateway();
    for (const query of ["{ _service { sdl } }", getIntrospectionQuery()]) {
      const body = JSON.stringify({ query });
      const headers = { "content-type": "application/json" };
      const answer = await (await fetch(url, { method: "POST", headers, body })).json();
      expect(answer).toEqual((await gateway.query(query)).body);
      expect(answer).toEqual({ data: expect.anything() });
    }
    await gateway.close();
  });

  test("traces what it is asked to, though what makes traces is loaded only then", async () => {
    await using server = startServer(built, "main.js", environment(NOWHERE));
    const headers = { "content-type": "application/json", "apollo-federation-include-trace": "ftv1" };
    const body = JSON.stringify({ query: "{ _service { sdl } }" });
    const response = await fetch(`${await server.url()}/graphql`, { method: "POST", headers, body });
    const { extensions } = (await response.json()) as { extensions: { ftv1: string } };
    const trace = Buffer.from(extensions.ftv1, "base64").toString("latin1");
    for (const name of ["_service", "sdl", "_Service!"]) expect(trace).toContain(name);
  });

  test("has metrics of its process", async () => {
    await using server = startServer(built, "main.js", environment(NOWHERE, { METRICS_PORT: "0" }));
    const { url } = JSON.parse(await server.line('"metrics"'));
    const text = await (await fetch(url)).text();
    for (const name of ["process_cpu_seconds_total", "nodejs_heap_size_used_bytes", "gateway_writes_running"])
      expect(text).toMatch(new RegExp(`^${name} `, "m"));
  });

  test("is ASCII, since one character more would make it twice as large in memory", async () => {
    const code = await readFile(join(built.directory, "start.js"), "latin1");
    expect(code.length).toBeGreaterThan(1_000_000);
    expect(code.match(/.{0,40}[\u0080-\uffff].{0,40}/g)).toBeNull();
  });
});
