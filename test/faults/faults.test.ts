import { describe, expect, test } from "@jest/globals";
import { trustAuthority } from "../support/certificates.js";
import { heldResources, SignalLedger } from "../support/leftovers.js";
import { until } from "../support/until.js";
import type { Answers, FaultRow } from "./fault-row.js";
import { runTrial } from "./run-trial.js";
import { SECTIONS } from "./sections.js";
import { startStageSet, type StageSet } from "./stage-set.js";
import { TRIALS } from "./trials.js";

describe.each(SECTIONS)("$title", ({ rows }) => {
  test.each(rows)("$title", async ({ play, answers }) => {
    using signals = new SignalLedger();
    using _trust = play.by === "certificate" ? trustAuthority() : undefined;
    const before = heldResources();
    expect(await outcomeOf(play, answers)).toEqual({ answers, broken: [] });
    expect(signals.listenerCount).toBe(0);
    await until(() => heldResources() <= before);
  });
});

/** What came of it, laid out as a row states it, and every promise that was broken. */
async function outcomeOf(play: FaultRow["play"], expected: Answers) {
  await using set = await startStageSet(play);
  const broken: string[] = [];
  const once = expected.once && (await cellsOf(set, "ONCE", 1, broken));
  const always = await cellsOf(set, "ALWAYS", Infinity, broken);
  return { answers: { ...(once && { once }), always }, broken };
}

async function cellsOf(set: StageSet, prefix: string, times: number, broken: string[]): Promise<readonly string[]> {
  const cells: string[] = [];
  for (const [index, trial] of TRIALS.entries()) {
    const result = await runTrial(set, trial, `${prefix}${index}`, times);
    cells.push(result.cell);
    broken.push(...result.broken);
  }
  return cells;
}
