import { ValidateBy } from "./class-validator.js";

/** As long as a time is in ISO 8601 with a year of four digits; others are written with a sign and six of them. */
const ISO_LENGTH = "YYYY-MM-DDThh:mm:ss.sssZ".length;

/** A time as Klaviyo can be told of it. One that is written with four digits may have more in UTC: `9999-12-31T23:00:00-01:00`. */
export function HasFourDigitYear(): PropertyDecorator {
  return ValidateBy({
    name: "hasFourDigitYear",
    validator: {
      validate: (value) => !(value instanceof Date) || value.toISOString().length === ISO_LENGTH,
      defaultMessage: () => "must be in the years 0000 to 9999, in UTC.",
    },
  });
}
