import { spawnSync } from "node:child_process";
import { open, readFile, rename } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { WatchedFile } from "../../src/files/watched-file.js";
import { HeldClock } from "../support/held-clock.js";
import { createKeyFile, type KeyFile } from "../support/key-file.js";
import { until } from "../support/until.js";

/** Far more than it takes until the next look. */
const A_MINUTE_MS = 60_000;

/** A file whose readers wait until the test has written it. */
async function replaceByPipe({ path }: KeyFile): Promise<void> {
  expect(spawnSync("mkfifo", [`${path}.pipe`]).status).toBe(0);
  await rename(`${path}.pipe`, path);
}

test("who asks for a look while another one is under way has the newer content in the end", async () => {
  await using file = await createKeyFile("first");
  const clock = new HeldClock(false);
  const read: string[] = [];
  const watched = new WatchedFile({
    path: file.path,
    parse: (text) => text,
    clock,
    onReload: () => void read.push(watched.value),
    onFailure: (error) => void read.push(String(error)),
  });
  await watched.start();
  await replaceByPipe(file);
  clock.advance(A_MINUTE_MS);
  // It can be opened when the look has opened it.
  const pipe = await open(file.path, "w");
  await file.replace("newer");
  const reloaded = watched.reload();
  // So that a look that did not wait would be over by now.
  await readFile(file.path);
  await pipe.writeFile("older");
  await pipe.close();
  await reloaded;
  await until(() => read.length === 2);
  expect(read).toEqual(["older", "newer"]);
  expect(watched.value).toBe("newer");
  await file.replace("newest");
  clock.advance(A_MINUTE_MS);
  await until(() => read.length === 3);
  expect(watched.value).toBe("newest");
  watched.close();
});

test("a look that fails is in nobody's way", async () => {
  await using file = await createKeyFile("first");
  const failures: unknown[] = [];
  const watched = new WatchedFile({
    path: file.path,
    parse: (text) => text,
    clock: new HeldClock(false),
    onReload: () => {},
    onFailure: (error) => void failures.push(error),
  });
  await file.remove();
  await expect(watched.start()).rejects.toThrow("ENOENT");
  await watched.reload();
  await file.replace("second");
  await watched.reload();
  expect(failures).toHaveLength(1);
  expect(watched.value).toBe("second");
  watched.close();
});
