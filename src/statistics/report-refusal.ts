import { InvalidInputError, type InputFault, shown } from "../input/invalid-input-error.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import type { StatisticsQuestion } from "./statistics-question.js";

/**
 * What an error means to whoever asked the question. Only Klaviyo knows its metrics and how it measures a year, so a wrong argument
 * may be found out by it alone; that is the caller's fault all the same, and not Klaviyo's.
 */
export function explained(error: unknown, question: StatisticsQuestion): unknown {
  if (!(error instanceof KlaviyoError) || error.failure.kind !== "refused") return error;
  const { failure, complaints } = error;
  const isAbout = (name: string) => complaints.some(({ pointer }) => pointer?.startsWith(`/data/attributes/${name}`));
  // At the revisions that we read with the report exists, and the metric is the one thing that it refers to.
  if (failure.status === 404 || isAbout("conversion_metric_id")) return refusalOf(noSuchMetric(question));
  if (isAbout("timeframe")) return refusalOf(NO_SUCH_TIMEFRAME);
  return error;
}

/** Whether an error may be gone in a while: then what was reported before can stand in for what was to be reported now. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof KlaviyoError)) return false;
  switch (error.failure.kind) {
    case "not-sent":
    case "held-back":
    case "throttled":
    case "timeout":
    case "connection-lost":
    case "unavailable":
      return true;
    case "refused":
    case "invalid-response":
      return false;
  }
}

const NO_SUCH_TIMEFRAME: InputFault = { field: "timeframe", message: "Klaviyo reports on no such span of time." };

function noSuchMetric({ conversionMetricId }: StatisticsQuestion): InputFault {
  const message = `${shown(conversionMetricId)} is no metric of the account that conversions can be counted by: see \`metrics\`.`;
  return { field: "conversionMetricId", message };
}

function refusalOf(fault: InputFault): InvalidInputError {
  return new InvalidInputError([fault]);
}
