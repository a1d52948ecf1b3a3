import { expect } from "@jest/globals";
import fc from "fast-check";
import { drawFrom, type Draw } from "./draw.js";
import { readOptions } from "./options.js";

const { seed, runs, seconds, isReported } = readOptions(process.env);

/** How many properties share the time. */
const SHARES = 17;

/** How long one property may take, with making what it finds small. */
export const FUZZ_TIMEOUT_MS = (seconds * 1_000) / SHARES + 60_000;

/**
 * Tries a property with as many decisions as the options say. fast-check prints what it has found as small as it can be, with how to
 * repeat it. @returns how many runs there was time for
 */
export async function fuzz(property: (draw: Draw) => Promise<void>): Promise<number> {
  let count = 0;
  const counted = fc.asyncProperty(fc.gen(), async (generate) => {
    count++;
    await property(drawFrom(generate));
  });
  await fc.assert(counted, { seed, numRuns: runs, interruptAfterTimeLimit: (seconds * 1_000) / SHARES });
  if (isReported) process.stdout.write(`${count} runs: ${expect.getState().currentTestName ?? ""}\n`);
  return count;
}
