import { isObject } from "../json.js";

/** Control input that cannot be used, with what could have been sent instead. */
export class ControlInputError extends Error {
  readonly accepted: unknown;

  constructor(message: string, accepted: unknown) {
    super(message);
    this.name = "ControlInputError";
    this.accepted = accepted;
  }
}

/** What one field may be, in words for people, and whether a value is that. */
export interface FieldRule {
  readonly is: string;
  readonly accepts: (value: unknown) => boolean;
  readonly isRequired?: boolean;
}

export type FieldRules = Readonly<Record<string, FieldRule>>;

/** Every fault of the input in words; empty when it can be used. */
export function faultsOf(input: unknown, rules: FieldRules, what: string): readonly string[] {
  if (!isObject(input)) return [`${what} must be an object`];
  const unknownFields = Object.keys(input).filter((key) => !Object.hasOwn(rules, key));
  const wrongFields = Object.entries(rules).filter(([key, rule]) => {
    const value = input[key];
    return value === undefined ? rule.isRequired === true : !rule.accepts(value);
  });
  return [
    ...unknownFields.map((key) => `${what}.${key} is not known`),
    ...wrongFields.map(([key, rule]) => `${what}.${key} must be ${rule.is}`),
  ];
}

export function describeRules(rules: FieldRules): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(rules).map(([key, rule]) => [key, `${rule.is}${rule.isRequired ? " (required)" : ""}`]),
  );
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ControlInputError("the body is not JSON", "a JSON document");
  }
}

export const TEXT: FieldRule = { is: "a string", accepts: (value) => typeof value === "string" };
export const FLAG: FieldRule = { is: "a boolean", accepts: (value) => typeof value === "boolean" };
export const OBJECT: FieldRule = { is: "an object", accepts: isObject };

export function integer(min: number, max = Number.MAX_SAFE_INTEGER): FieldRule {
  const is = max === Number.MAX_SAFE_INTEGER ? `an integer from ${min}` : `an integer from ${min} to ${max}`;
  return {
    is,
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
  };
}

export function required(rule: FieldRule): FieldRule {
  return { ...rule, isRequired: true };
}

export function oneOf(values: readonly unknown[]): FieldRule {
  return { is: `one of: ${values.join(", ")}`, accepts: (value) => values.includes(value) };
}

export function either(first: FieldRule, second: FieldRule): FieldRule {
  return {
    is: `${first.is} or ${second.is}`,
    accepts: (value) => first.accepts(value) || second.accepts(value),
  };
}

export function listOfObjects(rules: FieldRules): FieldRule {
  return {
    is: `a list of ${JSON.stringify(describeRules(rules))}`,
    accepts: (value) => Array.isArray(value) && value.every((item) => faultsOf(item, rules, "").length === 0),
  };
}
