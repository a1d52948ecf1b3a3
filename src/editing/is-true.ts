import { Rule } from "./rule.js";

/** A choice that has nothing to say but that it was made. */
export function IsTrue(): PropertyDecorator {
  return Rule("isTrue", (value) =>
    value === true ? undefined : "must be true: to choose something else, give another field instead.",
  );
}
