import { isResourceId } from "../klaviyo/resource-id.js";
import { ValidateBy, type ValidationOptions } from "./class-validator.js";
import { shown } from "./invalid-input-error.js";

/** An id that can be one of Klaviyo's; whether there is such a thing is for Klaviyo to say. */
export function IsKlaviyoId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: "isKlaviyoId",
      validator: {
        validate: (value) => typeof value === "string" && isResourceId(value),
        defaultMessage: (args) =>
          `${shown(args?.value)} is not an id of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.`,
      },
    },
    options,
  );
}
