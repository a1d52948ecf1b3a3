import { setImmediate } from "node:timers/promises";

/** Goes round the event loop until something has happened. It waits for events, never for time; jest bounds it. */
export async function until(hasHappened: () => boolean): Promise<void> {
  while (!hasHappened()) await setImmediate();
}
