import { type ChildProcess, exec, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "@jest/globals";
import { readPackage } from "../house/repository.js";
import { API_KEY } from "../support/gateway.js";

const ROOT = join(__dirname, "../..");

/** The server as `npm run build` makes it, in a directory of its own. */
export interface BuiltServer {
  readonly directory: string;
}

/** Where nobody listens. */
export const NOWHERE = "http://127.0.0.1:1";

const BUILD_LIMIT_MS = 60_000;

/** Builds it once for all tests of a file, and removes it after them. It is there when the first of them runs. */
export function buildForAll(): BuiltServer {
  let directory: string | undefined;
  beforeAll(async () => {
    directory = await build();
  }, BUILD_LIMIT_MS);
  afterAll(async () => {
    if (directory !== undefined) await rm(directory, { recursive: true });
  });
  return {
    get directory() {
      if (directory === undefined)
        throw new Error("It is not built yet: this is for tests, and for hooks after its own.");
      return directory;
    },
  };
}

async function build(): Promise<string> {
  const cache = join(ROOT, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, "gateway-"));
  const { compile, others } = buildSteps();
  await run(`${compile} --outDir "${directory}"`);
  for (const step of others) await run(step.replace(/dist\/(\S+)/, (_, file: string) => `"${join(directory, file)}"`));
  return directory;
}

/** What `npm run build` does, as package.json has it, when `dist/` has been removed. */
function buildSteps(): { readonly compile: string; readonly others: readonly string[] } {
  const { scripts } = readPackage();
  const [, compile] = scripts["build:modules"]?.split(" && ") ?? [];
  const [modules, ...others] = scripts["build"]?.split(" && ") ?? [];
  const isKnown = modules?.endsWith("build:modules") && others.every((step) => /^node dist\/\S+\.js$/.test(step));
  if (!compile?.startsWith("tsc ") || !isKnown || others.length === 0)
    throw new Error("`npm run build` has other steps than it had: look here for how to do them elsewhere.");
  return { compile, others };
}

/** As npm would run it. */
async function run(command: string): Promise<void> {
  const path = [dirname(process.execPath), join(ROOT, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  await promisify(exec)(command, { cwd: ROOT, env: { ...process.env, PATH: path } });
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running server, of which a test sees what an operator sees: its output, its port and its end. */
export interface ServerProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Every line of its standard output so far. */
  readonly stdout: readonly string[];
  readonly stderr: () => string;
  /** Resolves when everything it wrote has been read. */
  readonly exit: Promise<Exit>;
  /** The first line that contains `text`, as soon as it is there; fails when the process ends without one. */
  line(text: string): Promise<string>;
  /** The base URL that it says it listens on. */
  url(): Promise<string>;
}

/**
 * Runs an entry point with these environment variables and no others.
 * @param log where its standard output goes, if not here
 */
export function startServer(
  built: BuiltServer,
  entry: "main.js" | "demo.js",
  env: Record<string, string>,
  log: "pipe" | number = "pipe",
): ServerProcess {
  const child = spawn(process.execPath, [join(built.directory, entry)], { env, stdio: ["ignore", log, "pipe"] });
  const stdout: string[] = [];
  let stderr = "";
  const reader = createInterface({ input: child.stdout ?? Readable.from([]) });
  reader.on("line", (line) => stdout.push(line));
  child.stderr?.on("data", (chunk) => (stderr += chunk));
  const exit = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const line = async (text: string): Promise<string> => {
    for (;;) {
      const found = stdout.find((candidate) => candidate.includes(text));
      if (found !== undefined) return found;
      const next = await Promise.race([once(reader, "line"), exit.then(() => undefined)]);
      if (!next && !stdout.some((candidate) => candidate.includes(text)))
        throw new Error(`It ended without "${text}".\n${stdout.join("\n")}\n${stderr}`);
    }
  };
  return {
    child,
    stdout,
    stderr: () => stderr,
    exit,
    line,
    url: async () => String(JSON.parse(await line(`"listening"`)).url).replace("/graphql", ""),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await exit;
    },
  };
}

/** What a gateway over that Klaviyo needs to start, on a free port. */
export function environment(klaviyoUrl: string, rest: Record<string, string> = {}): Record<string, string> {
  return { PORT: "0", KLAVIYO_API_KEY: API_KEY, KLAVIYO_BASE_URL: klaviyoUrl, ALLOW_UNAUTHENTICATED: "true", ...rest };
}
