import { readFile } from "node:fs/promises";

/** A tick of the kernel's accounts is a hundredth of a second on every Linux that there is. */
const TICK_MS = 10;

/** @returns the process' time on the CPU so far, undefined where there is no /proc */
export async function cpuMsOf(pid: number | undefined): Promise<number | undefined> {
  const stat = await procFile(pid, "stat");
  // The second field is the program's name, which may hold anything but the last parenthesis.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields && (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

export async function rssMibOf(pid: number | undefined, which: "VmRSS" | "VmHWM"): Promise<number | undefined> {
  const status = await procFile(pid, "status");
  const kib = new RegExp(`${which}:\\s+(\\d+)`).exec(status ?? "")?.[1];
  return kib === undefined ? undefined : Number(kib) / 1024;
}

async function procFile(pid: number | undefined, name: string): Promise<string | undefined> {
  return readFile(`/proc/${pid}/${name}`, "utf8").catch(() => undefined);
}
