import { setImmediate } from "node:timers/promises";

/** Goes round the event loop until something has happened. It waits for events, never for time. */
export async function until(hasHappened: () => boolean): Promise<void> {
  // Longer than any test may take: without an end the loop would outlive the test that failed, and the run with it.
  const endMs = performance.now() + 60_000;
  while (!hasHappened()) {
    if (performance.now() > endMs) throw new Error("It has not happened.");
    await setImmediate();
  }
}
