import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What is alive on the heap, and nothing that is only waiting to be collected. */
export function liveHeapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
