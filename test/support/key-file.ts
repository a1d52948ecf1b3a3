import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface KeyFile extends AsyncDisposable {
  readonly path: string;
  /** Puts another file in its place, as operators should. */
  replace(text: string): Promise<void>;
  remove(): Promise<void>;
}

export async function createKeyFile(text: string): Promise<KeyFile> {
  const directory = await mkdtemp(join(tmpdir(), "key-"));
  const path = join(directory, "key");
  await writeFile(path, text);
  return {
    path,
    replace: async (other) => {
      await writeFile(`${path}.new`, other);
      await rename(`${path}.new`, path);
    },
    remove: () => rm(path),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}
