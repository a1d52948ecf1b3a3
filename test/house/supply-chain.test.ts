import { describe, expect, test } from "@jest/globals";
import { read } from "./repository.js";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly license?: unknown;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly inBundle?: boolean;
}

const { packages } = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const locked = Object.entries(packages).filter(([path]) => path !== "");

/** Packages that would run a script when they are installed. None gets to, and none is needed: `.npmrc` says so. */
const INSTALL_SCRIPTS: readonly string[] = [
  "node_modules/@apollo/protobufjs",
  "node_modules/@apollo/rover",
  "node_modules/@parcel/watcher",
  "node_modules/@swc/core",
  "node_modules/esbuild",
  "node_modules/protobufjs",
  "node_modules/unrs-resolver",
];

/** Licences that let us use and pass on the gateway. */
const LICENCES: readonly unknown[] = [
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "Apache-2.0",
  "Apache-2.0 AND MIT",
  "(MIT OR CC0-1.0)",
  "(MIT AND BSD-3-Clause)",
];

/** Tools with other licences, or none that npm knows. They are used to test, and never shipped. */
const TOOLS_ALONE: readonly string[] = [
  ...["composition", "federation-internals", "gateway", "query-graphs", "query-planner"].map(
    (name) => `@apollo/${name}`,
  ),
  "@pm2/agent",
  "@pm2/io",
  "@pm2/js-api",
  "pm2",
  "pm2-multimeter",
  "pm2-sysmonit",
  "argparse",
  "caniuse-lite",
  "charm",
  "cli-tableau",
  "exit",
  "tv4",
];

describe("what is installed", () => {
  test("is what was reviewed: every package is locked by the hash of its content", () => {
    const loose = locked.filter(
      ([, { integrity, link, inBundle }]) => !inBundle && (link || !integrity?.startsWith("sha512-")),
    );
    expect(loose.map(([path]) => path)).toEqual([]);
    expect(locked.length).toBeGreaterThan(300);
  });

  test("comes over https, from registries alone", () => {
    const odd = locked.filter(
      ([, { resolved }]) => resolved !== undefined && !/^https:\/\/[^/]+\/.*\.tgz$/.test(resolved),
    );
    expect(odd.map(([path, { resolved }]) => `${path}: ${resolved}`)).toEqual([]);
  });

  test("runs no script when it is installed, and the packages that would are known", () => {
    expect(read(".npmrc")).toMatch(/^ignore-scripts=true$/m);
    const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(scripts.toSorted()).toEqual([...INSTALL_SCRIPTS].toSorted());
  });

  test("has a licence that is on the list, without exception where it is shipped", () => {
    const odd = locked.filter(([, { license }]) => !LICENCES.includes(license));
    expect(odd.filter(([, { dev }]) => !dev)).toEqual([]);
    expect(odd.map(([path]) => path.replace("node_modules/", "")).toSorted()).toEqual([...TOOLS_ALONE].toSorted());
  });
});
