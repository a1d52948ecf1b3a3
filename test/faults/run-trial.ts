import { setImmediate } from "node:timers/promises";
import { API_KEY, type GraphqlAnswer } from "../support/gateway.js";
import type { WireCall } from "../support/wire-call.js";
import { callsInWords } from "../tables/calls-in-words.js";
import { SECRET } from "./scripts.js";
import type { StageSet } from "./stage-set.js";
import { NAME, type Told, type Trial } from "./trials.js";

/** What came of it. */
export interface TrialResult {
  /** As a cell of the table has it. */
  readonly cell: string;
  /** Every promise that was broken, in words. */
  readonly broken: readonly string[];
}

const A_MINUTE_MS = 60_000;

/** Lets something go wrong for so many requests of one operation, and looks at what came of it. */
export async function runTrial(set: StageSet, trial: Trial, id: string, times: number): Promise<TrialResult> {
  const { gateway, clock, upstream } = set;
  // Far enough from what was before: budgets have filled up again. And at a whole second, for dates in headers know no parts of one.
  clock.advance(2 * A_MINUTE_MS - (clock.now() % 1_000));
  gateway.simulator.addCampaign({ id, ...trial.seed });
  // Cancels leave connections of their own behind. What else is asked finds one that was used before, as it does all day.
  if (trial.kind === "send") await gateway.query(`{ campaign(id: "ANOTHER") { id } }`);
  const before = { calls: upstream.calls.length, ms: clock.now() };
  const makeRight = await set.goWrong(trial, id, times);
  const answer = await gateway.query(trial.document, { id, revision: "2026-07-15", action: "CANCEL" });
  await makeRight();
  // What ends with the answer has ended a turn later.
  await setImmediate();
  const calls = upstream.calls.slice(before.calls);
  const told = trial.told(answer);
  const promises = {
    ...manners(set, answer),
    ...truths({ told, calls, answer, id, status: gateway.simulator.statusOf(id) })[trial.kind],
    "keeps its deadline": clock.now() - before.ms <= trial.deadlineMs,
  };
  return {
    cell: cellOf(told, calls),
    broken: Object.entries(promises).flatMap(([promise, isKept]) => (isKept ? [] : `${trial.title}: ${promise}`)),
  };
}

/** What holds for every answer. */
function manners({ gateway, clock, upstream, mostConnections }: StageSet, { status, headers, body }: GraphqlAnswer) {
  const texts = `${JSON.stringify(body)} ${JSON.stringify([...headers])} ${gateway.rawLogs.join("\n")}`;
  return {
    "answers with HTTP 200": status === 200,
    "leaves no timer and no sleeper": clock.pendingCount === 0,
    "gives away nothing that a hostile body says": !texts.includes(SECRET),
    "gives away no key": !texts.includes(API_KEY),
    "makes no bug of it": !texts.includes("INTERNAL_SERVER_ERROR"),
    "holds hardly more connections than it makes calls at a time": upstream.openCount <= mostConnections,
  };
}

interface Seen {
  readonly told: Told;
  readonly calls: readonly WireCall[];
  readonly answer: GraphqlAnswer;
  readonly id: string;
  /** The campaign's, as the simulator knows it. */
  readonly status: string | undefined;
}

/** What is told is true: held against what the simulator knows. */
function truths({ told: { outcome, problem }, calls, answer, id, status }: Seen) {
  const count = (method: string) => calls.filter((call) => call.method === method).length;
  const campaign = answer.body.data?.campaign;
  return {
    read: {
      "is told nothing but the truth": !campaign || (campaign.id === id && campaign.name === NAME),
    },
    cancel: {
      "says STOPPED of what is stopped alone": outcome !== "STOPPED" || status === "Cancelled",
      "says NOT_STOPPED of what is still sent alone": outcome !== "NOT_STOPPED" || status === "Sending",
      "says ACCEPTED of what it asked for alone": outcome !== "ACCEPTED" || count("PATCH") > 0,
      "says why": outcome === "STOPPED" || problem !== undefined,
    },
    send: {
      "says ACCEPTED of what is on its way alone": outcome !== "ACCEPTED" || status !== "Draft",
      "says REFUSED of what is a draft alone": outcome !== "REFUSED" || status === "Draft",
      "says why": outcome === "ACCEPTED" || problem !== undefined,
    },
  };
}

function cellOf({ outcome, problem, retryAfterMs }: Told, calls: readonly WireCall[]): string {
  const answer = [outcome, problem, retryAfterMs === undefined ? undefined : `in ${retryAfterMs / 1_000} s`];
  const words = answer.filter((word) => word !== undefined).join(" ");
  return `${words}: ${callsInWords(calls.map(({ method }) => method)) || "no call"}`;
}
