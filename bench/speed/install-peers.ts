import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Installs what bench/package-lock.json says, unless that is there already. @returns why it could not, if it could not */
export function installPeers(root: string): string | undefined {
  const bench = join(root, "bench");
  if (isInstalled(bench)) return undefined;
  process.stderr.write("installing the peers into bench/node_modules ...\n");
  try {
    execFileSync("npm", ["ci", "--no-audit", "--loglevel=error"], { cwd: bench, stdio: ["ignore", "ignore", "pipe"] });
    return undefined;
  } catch (error) {
    return `the peers could not be installed: ${String(error).slice(0, 500)}`;
  }
}

/** npm keeps beside the packages what it has installed: a locked package that is not in it is news. */
function isInstalled(bench: string): boolean {
  const installed = join(bench, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const wanted = versionsIn(join(bench, "package.json"));
  const present = lockedIn(installed);
  return Object.entries(wanted).every(([name, version]) => present[`node_modules/${name}`]?.version === version);
}

function versionsIn(path: string): Readonly<Record<string, string>> {
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly dependencies: Record<string, string> }).dependencies;
}

function lockedIn(path: string): Readonly<Record<string, { readonly version?: string }>> {
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly packages: Record<string, object> }).packages;
}
