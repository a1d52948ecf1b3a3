import { isResourceId } from "../klaviyo/resource-id.js";
import { ValidateBy, type ValidationOptions } from "./class-validator.js";
import { shown } from "./invalid-input-error.js";

/** An id that can be one of Klaviyo's; whether there is such a thing is for Klaviyo to say. */
export function IsKlaviyoId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: "isKlaviyoId",
      validator: {
        validate: isKlaviyoId,
        defaultMessage: (args) =>
          `${wrongOf(args?.value)} of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.`,
      },
    },
    options,
  );
}

function isKlaviyoId(value: unknown): boolean {
  return typeof value === "string" && isResourceId(value);
}

/** Of a list, those of its items that are wrong: the first by name, for there may be many. */
function wrongOf(value: unknown): string {
  const [first, ...others] = Array.isArray(value) ? value.filter((item) => !isKlaviyoId(item)) : [value];
  return others.length === 0 ? `${shown(first)} is not an id` : `${shown(first)} and ${others.length} more are not ids`;
}
