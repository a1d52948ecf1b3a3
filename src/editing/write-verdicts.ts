import { type Complaint, type KlaviyoFailure, klaviyoErrorIdOf, retryAfterMsOf } from "../klaviyo/failure.js";
import { type Operation, OPERATIONS } from "../klaviyo/operations.js";
import { upstreamCodeOf } from "../klaviyo/upstream-code.js";
import { reasonOf } from "../klaviyo/upstream-reason.js";
import { pathOf } from "./write-body.js";
import type { Asked, Looked } from "./asked.js";
import { WriteOutcome as Outcome } from "./write-outcome.enum.js";
import { type WriteFault, type WriteProblem, WriteProblemCode as Code } from "./write-problem.type.js";
import type { Verdict } from "./write.payload.js";

/** What a verdict's words need to know of a write. */
export interface WriteDescription {
  readonly operation: Operation;
  /** What it was to do, after "to": `delete campaign X`. */
  readonly what: string;
  /** The body with its sources, where there is one. */
  readonly body?: unknown;
  /** What a 404 means, after "Klaviyo has no": `campaign X`. */
  readonly noSuch: string;
  /** What to do about an outcome that nobody knows: what to check, and whether asking again is harmless. */
  readonly advice: string;
}

export const DONE: Verdict = { outcome: Outcome.DONE, problem: null };
export const ACCEPTED: Verdict = { outcome: Outcome.ACCEPTED, problem: null };

/** Klaviyo did not execute it. */
export function refused({ failure, complaints }: Asked<never> & { kind: "refused" }, write: WriteDescription): Verdict {
  const code = refusalCodeOf(failure);
  const fields = complaints.flatMap((complaint) => faultOf(complaint, write));
  const message = `Nothing was changed: ${refusalReason(code, failure, fields, write)}.`;
  return { outcome: Outcome.REFUSED, problem: problemOf(failure, code, message, fields) };
}

/** Nothing was sent: the caller's time was over before its turn came. */
export function notBegun(write: WriteDescription): Verdict {
  return refused({ kind: "refused", failure: { kind: "not-sent", cause: "timeout" }, complaints: [] }, write);
}

/** The caller's time is over, and Klaviyo is being asked, or is going to be for others who wait longer. */
export function unknownSoFar({ what, advice }: WriteDescription): Verdict {
  const message =
    `The request's time was up before it was known whether Klaviyo would ${what}. ` +
    `The gateway goes on, so it may yet be done. ${advice}`;
  return { outcome: Outcome.UNKNOWN, problem: problemOf({ kind: "timeout" }, Code.UPSTREAM_TIMEOUT, message) };
}

/** There is nothing that it could have been done to. */
export function missing({ noSuch }: Pick<WriteDescription, "noSuch">): Verdict {
  const message = `Nothing was changed: Klaviyo has no ${noSuch}.`;
  const problem = { code: Code.NOT_FOUND, message, retryAfterMs: null, klaviyoErrorId: null, fields: [] };
  return { outcome: Outcome.REFUSED, problem };
}

/** @param seen what looking for its effect showed, as a sentence */
export function unknown(failure: KlaviyoFailure, write: WriteDescription, seen = ""): Verdict {
  const asked = `Klaviyo was asked to ${write.what}, and it is not known whether it did`;
  const message = [`${asked}: ${reasonOf(failure, write.operation)}.`, seen, write.advice].filter(Boolean).join(" ");
  return { outcome: Outcome.UNKNOWN, problem: problemOf(failure, Code[upstreamCodeOf(failure)], message) };
}

/** It is done, and what it led to could not be read. */
export function doneUnseen(looked: Looked<unknown>, read: Operation, what: string): Verdict {
  if (looked.kind === "seen") {
    const message = `It was done, but Klaviyo has no ${what} to read back.`;
    const problem = { code: Code.NOT_FOUND, message, retryAfterMs: null, klaviyoErrorId: null, fields: [] };
    return { outcome: Outcome.DONE, problem };
  }
  const { failure } = looked;
  const message = `It was done, but ${what} could not be read back: ${reasonOf(failure, read)}. Query it again in a moment.`;
  return { outcome: Outcome.DONE, problem: problemOf(failure, Code[upstreamCodeOf(failure)], message) };
}

/** No list of Klaviyo's codes is published, so its status decides. */
function refusalCodeOf(failure: KlaviyoFailure): Code {
  const code = Code[upstreamCodeOf(failure)];
  if (failure.kind !== "refused" || code !== Code.UPSTREAM_REFUSED) return code;
  return CODE_OF_STATUS.get(failure.status) ?? code;
}

const CODE_OF_STATUS: ReadonlyMap<number, Code> = new Map([
  [400, Code.NOT_ACCEPTED],
  [422, Code.NOT_ACCEPTED],
  [404, Code.NOT_FOUND],
  [409, Code.CONFLICT],
]);

function refusalReason(
  code: Code,
  failure: KlaviyoFailure,
  fields: readonly WriteFault[],
  { operation, what, noSuch }: WriteDescription,
): string {
  if (code === Code.NOT_FOUND) return `Klaviyo has no ${noSuch}`;
  if (code === Code.CONFLICT) return `Klaviyo does not ${what} in the state that things are in now`;
  if (code !== Code.NOT_ACCEPTED) return reasonOf(failure, operation);
  const refusal = `Klaviyo does not accept to ${what}`;
  if (fields.length > 0) return `${refusal}, because of ${fields.map(({ path }) => path).join(", ")}`;
  if (operation === OPERATIONS.createCampaign) return refusal;
  return `${refusal}, and names no argument: look at the campaign's status, which may not allow it`;
}

function problemOf(
  failure: KlaviyoFailure,
  code: Code,
  message: string,
  fields: readonly WriteFault[] = [],
): WriteProblem {
  return {
    code,
    message,
    retryAfterMs: retryAfterMsOf(failure) ?? null,
    klaviyoErrorId: klaviyoErrorIdOf(failure) ?? null,
    fields,
  };
}

/** None where Klaviyo does not say which value it means, or means something that is not an argument. */
function faultOf({ pointer, detail }: Complaint, { body }: WriteDescription): readonly WriteFault[] {
  const path = pointer === undefined ? undefined : pathOf(body, pointer);
  if (path === undefined) return [];
  return [
    { path, message: detail !== undefined && PLAIN.test(detail) ? detail : "Klaviyo does not accept this value." },
  ];
}

/**
 * Klaviyo's words about a value are passed on: they alone say what is wrong with it, and our caller has sent the value. But they are
 * text from outside that ends up in somebody's page, and nothing promises what they hold: so only a line or two of letters, digits
 * and common punctuation, without markup, templates, links or control characters; anything else becomes a sentence of ours.
 */
const PLAIN = /^(?!.*(?:https?:|www\.))[\p{L}\p{M}\p{N} .,:;!?'"()[\]/@%&+=_*#$\u20ac-]{1,200}$/u;
