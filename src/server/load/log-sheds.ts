import type { Clock } from "../../resilience/clock.js";
import type { Logger } from "../logger.js";

const EVERY_MS = 1_000;

/** Says at most once a second how many requests were refused: a line for each would be more work than is saved. */
export function logSheds(logger: Logger, clock: Clock): (kind: "cancel" | "other") => void {
  let shed = { cancel: 0, other: 0 };
  let saidAt = Number.NEGATIVE_INFINITY;
  return (kind) => {
    shed[kind]++;
    if (clock.now() - saidAt < EVERY_MS) return;
    logger.warn({ shed }, "overloaded: requests are refused");
    saidAt = clock.now();
    shed = { cancel: 0, other: 0 };
  };
}
