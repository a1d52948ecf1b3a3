import { ValidateBy } from "../input/class-validator.js";

/**
 * A rule for one field of an input.
 * @param faultOf what is wrong with the field's value, given the object that it is in; undefined for nothing
 */
export function Rule(name: string, faultOf: (value: unknown, object: object) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value, args) => faultOf(value, args?.object ?? {}) === undefined,
      defaultMessage: (args) => faultOf(args?.value, args?.object ?? {}) ?? "",
    },
  });
}
