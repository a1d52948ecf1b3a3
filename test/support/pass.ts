import type { TestGateway } from "./gateway.js";
import { until } from "./until.js";

/** Lets time pass in steps until something is over, or so much of it has passed. */
export async function pass(
  { clock }: Pick<TestGateway, "clock">,
  work: Promise<unknown>,
  untilMs = Infinity,
): Promise<void> {
  let isOver = false;
  void work.then(() => (isOver = true));
  await until(() => {
    if (clock.pendingCount > 0 && clock.now() < untilMs) clock.advance(50);
    return isOver;
  });
}
