import { ValidateBy, ValidateIf } from "./class-validator.js";

/** The name by which what is null and may not be is told: there is nothing else to say of it. */
export const NOT_NULL_CONSTRAINT = "notNull";

/** May be left out, and may not be null: GraphQL has no type for that. It stands in the place of `IsOptional`. */
export function NotNull(): PropertyDecorator {
  const isGiven = ValidateIf((_, value) => value !== undefined);
  const isNotNull = ValidateBy({
    name: NOT_NULL_CONSTRAINT,
    validator: {
      validate: (value) => value !== null,
      defaultMessage: () => "must not be null: leave it out instead.",
    },
  });
  return (target, name) => [isGiven, isNotNull].forEach((decorate) => decorate(target, name));
}
