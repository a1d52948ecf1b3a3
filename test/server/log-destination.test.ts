import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createApp } from "../../src/app.js";
import { LogDestination } from "../../src/server/log-destination.js";
import { describeWhere } from "../support/describe-where.js";
import { testConfig } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "gateway-log-"));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

/** A log into a pipe with a name, which somebody may read, leave and come back to. */
class LogPipe implements Disposable {
  readonly clock = new HeldClock(false);
  failures = 0;
  lost = 0;
  readonly log: LogDestination;
  private readonly directory = mkdtempSync(join(tmpdir(), "gateway-log-"));
  private readonly path = join(this.directory, "pipe");
  private readonly writer: number;
  private reader: number | undefined;
  private text = "";

  constructor() {
    execFileSync("mkfifo", [this.path]);
    this.come();
    this.writer = openSync(this.path, constants.O_WRONLY | constants.O_NONBLOCK);
    this.log = new LogDestination({
      fileDescriptor: this.writer,
      clock: this.clock,
      onFailure: () => void this.failures++,
      onLost: () => void this.lost++,
    });
  }

  come(): void {
    this.reader = openSync(this.path, constants.O_RDONLY | constants.O_NONBLOCK);
  }

  leave(): void {
    if (this.reader !== undefined) closeSync(this.reader);
    this.reader = undefined;
  }

  /** Reads what there is. @returns all that was read so far */
  read(): string {
    const bytes = Buffer.alloc(65_536);
    try {
      this.text += bytes.toString("utf8", 0, readSync(this.reader ?? -1, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
    return this.text;
  }

  /** Reads until it has read that, while time passes. */
  readTo(end: string): Promise<void> {
    return until(() => {
      if (this.clock.pendingCount > 0) this.clock.advance(100);
      return this.read().endsWith(end);
    });
  }

  [Symbol.dispose](): void {
    this.leave();
    closeSync(this.writer);
    rmSync(this.directory, { recursive: true });
  }
}

const LONG_LINE = `${"x".repeat(1_048_575)}\n`;

describeWhere(process.platform !== "win32", "Pipes have no names in the file system here.", "the log", () => {
  test("is written line by line, in order", async () => {
    using pipe = new LogPipe();
    for (const line of ["one\n", "zwölf\n", "three\n"]) pipe.log.write(line);
    await pipe.readTo("three\n");
    expect(pipe.read()).toBe("one\nzwölf\nthree\n");
    expect(pipe.clock.pendingCount).toBe(0);
  });

  test("keeps lines that cannot be written, and writes them when it can", async () => {
    using pipe = new LogPipe();
    pipe.leave();
    pipe.log.write("one\n");
    await until(() => pipe.failures === 1);
    pipe.log.write("two\n");
    pipe.clock.advance(100);
    await until(() => pipe.failures === 2);
    pipe.come();
    await pipe.readTo("two\n");
    expect([pipe.read(), pipe.lost]).toEqual(["one\ntwo\n", 0]);
  });

  test("loses and counts what it has no room for, and takes lines again once it could be written", async () => {
    using pipe = new LogPipe();
    for (let n = 0; n < 10; n++) pipe.log.write(LONG_LINE);
    expect(pipe.lost).toBe(2);
    await pipe.readTo(LONG_LINE.repeat(8));
    pipe.log.write("again\n");
    await pipe.readTo("again\n");
    expect(pipe.read().length).toBe(8 * LONG_LINE.length + "again\n".length);
    // Whoever reads was slow, that was all.
    expect([pipe.lost, pipe.failures]).toEqual([2, 0]);
  });

  test("has room for what became of a cancel where lines of requests have none left", async () => {
    using pipe = new LogPipe();
    for (let n = 0; n < 6; n++) pipe.log.ofRequests.write(LONG_LINE);
    expect(pipe.lost).toBe(2);
    pipe.log.write("cancel\n");
    await pipe.readTo("cancel\n");
    pipe.log.ofRequests.write("request\n");
    await pipe.readTo("request\n");
    expect([pipe.read().length, pipe.lost]).toEqual([4 * LONG_LINE.length + "cancel\nrequest\n".length, 2]);
  });

  test("has the gateway's lines of requests give way, and its others not", async () => {
    using pipe = new LogPipe();
    for (let n = 0; n < 4; n++) pipe.log.ofRequests.write(LONG_LINE);
    // Nobody reads: the pipe holds what it can.
    await until(() => pipe.clock.pendingCount === 1);
    while (pipe.lost === 0) pipe.log.ofRequests.write("line\n");
    const app = createApp(testConfig({}), { logDestination: pipe.log });
    await fetch(`${await app.listen()}/livez`);
    await until(() => pipe.lost === 2);
    app.logger.info("cancel");
    expect(pipe.lost).toBe(2);
    await app.close();
  });

  test("has its last lines when the process exits, where they can be written", async () => {
    using pipe = new LogPipe();
    for (const line of ["one\n", "two\n"]) pipe.log.write(line);
    pipe.log.writeNow();
    // The first was under way, and may be overtaken.
    await until(() => pipe.read().length === "one\ntwo\n".length);
    expect(pipe.read().split("\n").toSorted()).toEqual(["", "one", "two"]);
  });

  test("does not keep the process from its exit where they cannot", async () => {
    using pipe = new LogPipe();
    pipe.leave();
    pipe.log.write("one\n");
    await until(() => pipe.failures === 1);
    pipe.log.writeNow();
    expect(pipe.lost).toBe(0);
  });
});

test("lines of the log and of others who write to the same place stay whole", async () => {
  using directory = new Folder();
  const file = openSync(join(directory.path, "log"), "a");
  const log = new LogDestination({
    fileDescriptor: file,
    clock: new HeldClock(false),
    onFailure: () => {},
    onLost: () => {},
  });
  const [line, last, others] = [`${"x".repeat(99)}\n`, "last\n", "audit line\n"];
  // Far more than is written at once.
  for (let n = 0; n < 10_000; n++) log.write(line);
  log.write(last);
  const text = () => readFileSync(join(directory.path, "log"), "utf8");
  await until(() => {
    writeSync(file, others);
    return text().includes(last);
  });
  closeSync(file);
  const lines = text().split(/(?<=\n)/);
  expect(new Set(lines)).toEqual(new Set([line, others, last]));
});
