import { isRecord } from "../json/is-record.js";
import { Rule } from "./rule.js";

/**
 * An input with at least one field, null included: an update of nothing is a mistake.
 * @param parts fields of it of which the same is true, where their own type is also that of something new, which may be empty
 */
export function ChangesSomething(...parts: readonly string[]): PropertyDecorator {
  return Rule("changesSomething", (value) => {
    if (!hasFields(value)) return "must change something: give at least one field.";
    const empty = parts.find((part) => isRecord(value[part]) && !hasFields(value[part]));
    return empty && `must change something: give at least one field of \`${empty}\`.`;
  });
}

function hasFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.values(value).some((field) => field !== undefined);
}
