import { invalidParameter } from "../http/api-error.js";
import type { Revision } from "./revision.js";

/** What a query parameter may be. `since` says from which revision on it may be sent at all. */
export type ParameterRule = { readonly since?: Revision } & (
  | { readonly kind: "text" }
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | {
      readonly kind: "list";
      readonly values: readonly string[];
      /** For values that became legal later than the parameter. */
      readonly sinceByValue?: Readonly<Record<string, Revision>>;
    }
);

export type ParameterRules = Readonly<Record<string, ParameterRule>>;

/** The parameters of a request by decoded name, each checked against its rule. */
export type Query = ReadonlyMap<string, string>;

export function decodeQuery(raw: string, rules: ParameterRules, revision: Revision): Query {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(raw)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined || isTooEarly(rule.since, revision)) {
      throw invalidParameter(name, `'${name}' is not a valid query parameter for this resource.`);
    }
    // A12: lists are comma-joined in one parameter, so a second one of the same name is a mistake.
    if (query.has(name)) throw invalidParameter(name, `'${name}' was given more than once.`);
    checkValue(name, value, rule, revision);
    query.set(name, value);
  }
  return query;
}

/** The comma-joined values of a list parameter, or undefined when it was not sent. */
export function listOf(query: Query, name: string): readonly string[] | undefined {
  return query.get(name)?.split(",");
}

function checkValue(name: string, value: string, rule: ParameterRule, revision: Revision): void {
  switch (rule.kind) {
    case "text":
      return;
    case "integer":
      return checkInteger(name, value, rule);
    case "choice":
      return checkLegal(name, [value], rule.values);
    case "list":
      return checkLegal(
        name,
        value.split(","),
        rule.values.filter((legal) => !isTooEarly(rule.sinceByValue?.[legal], revision)),
      );
  }
}

function checkInteger(name: string, value: string, { min, max }: { min: number; max: number }): void {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return;
  throw invalidParameter(name, `'${value}' is not valid for ${name}: expected an integer from ${min} to ${max}.`);
}

// A12: an empty list is a list with one illegal value.
function checkLegal(name: string, values: readonly string[], legal: readonly string[]): void {
  const illegal = values.filter((value) => !legal.includes(value));
  if (illegal.length === 0) return;
  throw invalidParameter(name, `'${illegal.join(",")}' is not valid for ${name}. Options are: ${legal.join(", ")}.`);
}

function isTooEarly(since: Revision | undefined, revision: Revision): boolean {
  return since !== undefined && revision < since;
}
