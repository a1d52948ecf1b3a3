import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OPENAPI_DOCUMENT } from "./contestants/openapi-document.ts";
import { KLAVIYO_QUESTIONS } from "./klaviyo-questions.ts";
import type { Question } from "./workloads.ts";

/** One way to answer what is asked, as a process of its own. */
export interface Contestant {
  readonly name: string;
  readonly title: string;
  /** From the repository's root. */
  readonly program: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It needs the packages of bench/package.json. */
  readonly isPeer?: boolean;
  /** It is sent the Klaviyo call itself: it passes bytes through. */
  readonly isRaw?: boolean;
  /** What it is asked, where its graph is another one. */
  readonly questions?: Readonly<Record<string, (index: number) => Question>>;
  /** Why it cannot take part, if it cannot. */
  readonly isMissing?: (root: string) => string | undefined;
}

/**
 * What the gateway runs with, all of it: production, with its defaults, but for two things that would measure something else. The
 * limits of Klaviyo's are off, for the upstream has none; and nobody signs in, as for none of the others.
 */
export const GATEWAY_ENV = {
  NODE_ENV: "production",
  PORT: "0",
  KLAVIYO_API_KEY: "pk_bench_0123456789abcdef",
  KLAVIYO_LIMITS: "off",
  AUTH: "none",
  ALLOW_UNAUTHENTICATED: "true",
};

const APOLLO = "bench/speed/contestants/apollo.ts";

export const CONTESTANTS: readonly Contestant[] = [
  { name: "raw", title: "raw pass-through", program: "bench/speed/contestants/raw.ts", isRaw: true },
  { name: "floor", title: "floor: by hand", program: "bench/speed/contestants/floor.ts" },
  { name: "floor-keeping", title: "floor, with a memory", program: "bench/speed/contestants/floor-keeping.ts" },
  { name: "gateway", title: "**this gateway**", program: "dist/main.js", env: GATEWAY_ENV },
  {
    name: "gateway-uncached",
    title: "this gateway, nothing kept",
    program: "dist/main.js",
    env: { ...GATEWAY_ENV, KLAVIYO_CACHE: "off" },
  },
  {
    name: "gateway-interpreted",
    title: "this gateway, compiled way off",
    program: "dist/main.js",
    env: { ...GATEWAY_ENV, COMPILED_OPERATIONS: "off" },
    isMissing: whyNotCompiled,
  },
  { name: "apollo-naive", title: "Apollo Server, naive", program: APOLLO, env: { RESOLVERS: "naive" } },
  { name: "apollo-tuned", title: "Apollo Server, tuned", program: APOLLO, env: { RESOLVERS: "tuned" } },
  { name: "mercurius", title: "Mercurius, JIT", program: "bench/speed/contestants/mercurius.ts", isPeer: true },
  { name: "yoga", title: "GraphQL Yoga, JIT", program: "bench/speed/contestants/yoga.ts", isPeer: true },
  {
    name: "mesh",
    title: "GraphQL Mesh, Hive Gateway",
    program: "bench/speed/contestants/mesh.ts",
    isPeer: true,
    questions: KLAVIYO_QUESTIONS,
    isMissing: whyNoDocument,
  },
];

function whyNotCompiled(root: string): string | undefined {
  const config = join(root, "dist/config/settings.js");
  if (existsSync(config) && readFileSync(config, "utf8").includes("COMPILED_OPERATIONS")) return undefined;
  return "this build of the gateway has no setting for it";
}

function whyNoDocument(root: string): string | undefined {
  return existsSync(join(root, OPENAPI_DOCUMENT)) ? undefined : `there is no ${OPENAPI_DOCUMENT}`;
}
