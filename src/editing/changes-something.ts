import { isRecord } from "../klaviyo/json-api.js";
import { Rule } from "./rule.js";

/** An input with at least one field, null included: an update of nothing is a mistake. */
export function ChangesSomething(): PropertyDecorator {
  return Rule("changesSomething", (value) =>
    isRecord(value) && Object.values(value).some((field) => field !== undefined)
      ? undefined
      : "must change something: give at least one field.",
  );
}
