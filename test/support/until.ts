import { setImmediate } from "node:timers/promises";
import { afterAll, afterEach } from "@jest/globals";

let endedTests = 0;
const endTest = () => void endedTests++;
afterEach(endTest);
// Where a hook before all tests has failed, none of them is run, and none ends.
afterAll(endTest);

/**
 * Goes round the event loop until something has happened. It waits for events, never for time, and no longer than its test runs: one
 * that hits jest's time limit must not go on moving the clock of the next.
 */
export async function until(hasHappened: () => boolean): Promise<void> {
  const endedBefore = endedTests;
  while (!hasHappened()) {
    await setImmediate();
    if (endedTests > endedBefore) throw new Error("It has not happened while its test ran.");
  }
}
