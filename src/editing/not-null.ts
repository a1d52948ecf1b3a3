import { ValidateIf } from "../input/class-validator.js";
import { Rule } from "./rule.js";

/** May be left out, and may not be null: GraphQL has no type for that. It stands in the place of `IsOptional`. */
export function NotNull(): PropertyDecorator {
  const isGiven = ValidateIf((_, value) => value !== undefined);
  const isNotNull = Rule("notNull", (value) =>
    value === null ? "must not be null: leave it out instead." : undefined,
  );
  return (target, name) => [isGiven, isNotNull].forEach((decorate) => decorate(target, name));
}
