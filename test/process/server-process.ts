import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { API_KEY } from "../support/gateway.js";

const ROOT = join(__dirname, "../..");

/** The server as `npm run build` makes it, in a directory of its own. */
export interface BuiltServer {
  readonly directory: string;
  remove(): Promise<void>;
}

export async function buildServer(): Promise<BuiltServer> {
  const cache = join(ROOT, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, "gateway-"));
  const run = promisify(execFile);
  await run(join(ROOT, "node_modules/.bin/tsc"), ["-p", ROOT, "--outDir", directory], {
    shell: process.platform === "win32",
  });
  await run(process.execPath, [join(directory, "bundle.js")]);
  return { directory, remove: () => rm(directory, { recursive: true }) };
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
