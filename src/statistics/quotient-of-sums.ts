import { type Attributed, optionalNumber } from "../klaviyo/attributes.js";
import type { Statistic } from "../klaviyo/campaign-values-api.js";
import { asDecimal } from "./decimal.js";

/** A rate that is one number divided by another. */
export interface Quotient {
  readonly statistic: Statistic;
  readonly part: Statistic;
  /** What it may be divided by: Klaviyo's document does not say, but its numbers do. */
  readonly wholes: readonly Statistic[];
}

/**
 * A rate over several messages: what they achieved together by what they were together, and never an average of their rates. It is
 * known only where the messages' own numbers show by what Klaviyo divides; otherwise it is null.
 */
export function quotientOfSums(messages: readonly Attributed[], quotient: Quotient): number | null {
  const whole = quotient.wholes.find((name) => messages.every((message) => isExplained(message, quotient, name)));
  if (whole === undefined) return null;
  const sumOf = (name: Statistic) => messages.reduce((sum, message) => sum + (optionalNumber(message, name) ?? 0), 0);
  const divisor = sumOf(whole);
  return divisor > 0 ? asDecimal(sumOf(quotient.part) / divisor) : null;
}

/** Klaviyo rounds, to four places as its examples show: a thousandth of the rate is far less than what another divisor would make. */
const TOLERANCE = 0.001;
const LEAST_TOLERANCE = 0.0001;

function isExplained(message: Attributed, { statistic, part }: Quotient, whole: Statistic): boolean {
  const [rate, dividend, divisor] = [statistic, part, whole].map((name) => optionalNumber(message, name));
  if (dividend == null || divisor == null) return false;
  // Nothing of nothing has no rate; Klaviyo may call that 0.
  if (divisor === 0) return dividend === 0;
  if (rate == null) return false;
  return Math.abs(dividend / divisor - rate) <= Math.max(LEAST_TOLERANCE, Math.abs(rate) * TOLERANCE);
}
