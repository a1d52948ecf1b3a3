import { existsSync, globSync, readFileSync } from "node:fs";

/** The repository as files. Paths are relative to its root, where jest runs, and have forward slashes. */
export function exists(path: string): boolean {
  return existsSync(path);
}

export function read(path: string): string {
  return readFileSync(path, "utf8");
}

/** Files that match a pattern, sorted; what is installed or built is not of the repository. */
export function filesLike(pattern: string): readonly string[] {
  const found = globSync(pattern, { exclude: ["**/node_modules", "dist", "coverage", ".git"] });
  return found.map((path) => path.replaceAll("\\", "/")).toSorted();
}

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

export function readPackage(): Package {
  return JSON.parse(read("package.json")) as Package;
}
