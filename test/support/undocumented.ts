import { ERROR_CODES, isErrorCode } from "../../src/server/error-codes.js";
import { isRecord } from "../../src/json/is-record.js";

/**
 * What an answer's errors have that docs/errors.md does not, in words. An internal error is documented, and never what something
 * hostile should come to: it is among the findings.
 */
export function undocumentedIn(answer: unknown): readonly string[] {
  if (!isRecord(answer)) return ["the answer is no object"];
  if (!("errors" in answer)) return [];
  const { errors } = answer;
  if (!Array.isArray(errors) || errors.length === 0) return ["errors is no list of errors"];
  return errors.flatMap((error: unknown, index) => faultsOf(error).map((fault) => `errors[${index}]: ${fault}`));
}

const MEMBERS: ReadonlySet<string> = new Set(["message", "locations", "path", "extensions"]);

/** Where our code stands is nobody's business, nor how the engine says that its stack is full. */
const INTERNALS = /node_modules|node:internal|call stack|\.[jt]s:\d+/;

function faultsOf(error: unknown): readonly string[] {
  if (!isRecord(error)) return ["is no object"];
  const { message, extensions } = error;
  const surplus = Object.keys(error).filter((name) => !MEMBERS.has(name));
  const isSaid = typeof message === "string" && message !== "";
  return [
    ...surplus.map((name) => `has ${name}`),
    ...(isSaid ? [] : ["says nothing"]),
    ...(INTERNALS.test(String(message)) ? [`says "${String(message)}"`] : []),
    ...extensionFaults(extensions),
  ];
}

function extensionFaults(extensions: unknown): readonly string[] {
  if (!isRecord(extensions)) return ["has no extensions"];
  const { code, ...others } = extensions;
  if (!isErrorCode(code)) return [`has the code ${String(code)}`];
  const documented: readonly string[] = ERROR_CODES[code].extensions;
  const surplus = Object.keys(others).filter((name) => !documented.includes(name));
  return [
    ...(code === "INTERNAL_SERVER_ERROR" ? ["is INTERNAL_SERVER_ERROR"] : []),
    ...surplus.map((name) => `${code} has ${name}`),
  ];
}
