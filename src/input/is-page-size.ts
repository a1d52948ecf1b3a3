import { ValidateBy } from "./class-validator.js";
import { shown } from "./invalid-input-error.js";

/** How many items of a list are asked for. @param maximum the most that a page of it holds */
export function IsPageSize(maximum: number): PropertyDecorator {
  return ValidateBy({
    name: "isPageSize",
    validator: {
      validate: (value) => typeof value === "number" && value >= 1 && value <= maximum,
      defaultMessage: (args) => messageFor(args?.value, maximum),
    },
  });
}

function messageFor(value: unknown, maximum: number): string {
  if (typeof value === "number" && value > maximum)
    return `${value} is more than a page of this list holds: at most ${maximum}. Ask for the rest with \`after\`.`;
  return `${shown(value)} is not a page size: 1 to ${maximum}.`;
}
