import type { Fault, FaultKind } from "../faults/fault.js";
import { FAULT_KINDS } from "../faults/fault.js";
import { isObject } from "../json.js";
import {
  ControlInputError,
  describeRules,
  either,
  faultsOf,
  type FieldRules,
  FLAG,
  integer,
  OBJECT,
  oneOf,
  required,
  TEXT,
} from "./control-input.js";

/** A header that Node refuses to write would turn a fault into another one. */
const HEADERS = {
  is: "an object of header names and their values",
  accepts: (value: unknown) =>
    isObject(value) &&
    Object.entries(value).every(
      ([name, text]) => /^[\w-]+$/.test(name) && typeof text === "string" && /^[\x20-\x7e]*$/.test(text),
    ),
};

const SHARE = {
  is: "a number from 0 to 1",
  accepts: (value: unknown) => typeof value === "number" && value >= 0 && value <= 1,
};

const STATUS = required(integer(200, 599));

const MATCH_RULES: FieldRules = { method: TEXT, path: TEXT };

const FAULT_RULES: FieldRules = {
  match: { is: JSON.stringify(describeRules(MATCH_RULES)), accepts: isMatch },
  times: either(integer(1), oneOf(["always"])),
  share: SHARE,
  applied: FLAG,
  answer: required(OBJECT),
};

const ANSWER_RULES: Readonly<Record<FaultKind, FieldRules>> = {
  status: { status: STATUS, headers: HEADERS, body: TEXT, contentType: TEXT },
  html: { status: STATUS },
  reset: {},
  "reset-mid-body": {},
  "black-hole": {},
  truncated: {},
  "slow-body": { chunkBytes: required(integer(1)), everyMs: required(integer(0)) },
  delay: { ms: required(integer(0)) },
  "huge-body": { bytes: required(integer(1, 100_000_000)) },
  redirect: { location: required(TEXT) },
  "wrong-id": {},
};

/** One fault or a list of them; all are checked before any is returned. */
export function decodeFaults(input: unknown): readonly Fault[] {
  const candidates: readonly unknown[] = Array.isArray(input) ? input : [input];
  const found = candidates.flatMap((candidate) => faultsOfFault(candidate));
  if (found.length > 0) throw new ControlInputError(found.join("; "), accepted());
  return candidates as readonly Fault[];
}

function faultsOfFault(candidate: unknown): readonly string[] {
  const answer = isObject(candidate) ? candidate["answer"] : undefined;
  return [...faultsOf(candidate, FAULT_RULES, "fault"), ...(isObject(answer) ? faultsOfAnswer(answer) : [])];
}

function faultsOfAnswer(answer: Readonly<Record<string, unknown>>): readonly string[] {
  const kind = FAULT_KINDS.find((known) => known === answer["kind"]);
  if (kind === undefined) return [`fault.answer.kind must be one of: ${FAULT_KINDS.join(", ")}`];
  return faultsOf(answer, { kind: TEXT, ...ANSWER_RULES[kind] }, "fault.answer");
}

function isMatch(value: unknown): boolean {
  return faultsOf(value, MATCH_RULES, "match").length === 0;
}

function accepted(): unknown {
  const answers = FAULT_KINDS.map((kind) => ({ kind, ...describeRules(ANSWER_RULES[kind]) }));
  return { fault: describeRules(FAULT_RULES), answers };
}
