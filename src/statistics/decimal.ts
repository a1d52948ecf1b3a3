/** So many digits of a decimal number are the same again after it has been a double. */
const DIGITS = 15;

/**
 * What was computed of amounts, without the noise of binary fractions: 0.1 and 0.2 are 0.3, and not 0.30000000000000004. What Klaviyo
 * says itself is given as it is.
 */
export function asDecimal(computed: number): number {
  return Number(computed.toPrecision(DIGITS));
}
