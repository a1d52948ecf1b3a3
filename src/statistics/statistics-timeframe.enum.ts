import { registerEnumType } from "type-graphql";

/** By Klaviyo's word for it. */
export enum StatisticsTimeframe {
  TODAY = "today",
  YESTERDAY = "yesterday",
  THIS_WEEK = "this_week",
  LAST_7_DAYS = "last_7_days",
  LAST_WEEK = "last_week",
  THIS_MONTH = "this_month",
  LAST_MONTH = "last_month",
  LAST_30_DAYS = "last_30_days",
  LAST_90_DAYS = "last_90_days",
  LAST_3_MONTHS = "last_3_months",
  LAST_12_MONTHS = "last_12_months",
  LAST_365_DAYS = "last_365_days",
  THIS_YEAR = "this_year",
  LAST_YEAR = "last_year",
}

registerEnumType(StatisticsTimeframe, {
  name: "StatisticsTimeframe",
  description: "A span of time that Klaviyo has a name for, in the account's time zone.",
  valuesConfig: {
    TODAY: { description: "Since midnight." },
    YESTERDAY: { description: "The whole of yesterday." },
    THIS_WEEK: { description: "Since the beginning of the week." },
    LAST_7_DAYS: { description: "The last 7 days." },
    LAST_WEEK: { description: "The whole of last week." },
    THIS_MONTH: { description: "Since the first of the month." },
    LAST_MONTH: { description: "The whole of last month." },
    LAST_30_DAYS: { description: "The last 30 days." },
    LAST_90_DAYS: { description: "The last 90 days." },
    LAST_3_MONTHS: { description: "The last 3 months." },
    LAST_12_MONTHS: { description: "The last 12 months." },
    LAST_365_DAYS: { description: "The last 365 days." },
    THIS_YEAR: { description: "Since the first of January." },
    LAST_YEAR: { description: "The whole of last year." },
  },
});
