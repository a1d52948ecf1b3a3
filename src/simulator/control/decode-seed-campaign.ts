import { SEED_CHANNELS, type SeedCampaign } from "../campaigns/seed-campaign.js";
import { isObject } from "../json.js";
import { STATISTICS } from "../reports/statistic-names.js";
import {
  ControlInputError,
  describeRules,
  either,
  faultsOf,
  type FieldRule,
  type FieldRules,
  FLAG,
  integer,
  listOfObjects,
  OBJECT,
  oneOf,
  required,
  TEXT,
} from "./control-input.js";

const FILLED: FieldRule = {
  is: "a string that is not empty",
  accepts: (value) => typeof value === "string" && value !== "",
};
const MOMENT: FieldRule = {
  is: "a date and time in ISO 8601",
  accepts: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
};
const TEXTS: FieldRule = {
  is: "a list of strings",
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
};
const NUMBERS: FieldRule = {
  is: "an object of numbers by Klaviyo's names of statistics",
  accepts: (value) =>
    isObject(value) && Object.entries(value).every(([name, number]) => isStatistic(name) && typeof number === "number"),
};
const MOVES = listOfObjects({ afterMs: required(integer(0)), status: required(FILLED) });
const AUDIENCES: FieldRules = { included: required(TEXTS), excluded: TEXTS };

const RULES: FieldRules = {
  id: required(FILLED),
  name: TEXT,
  channel: oneOf(SEED_CHANNELS),
  status: required(FILLED),
  archived: FLAG,
  timeline: MOVES,
  settleAfterMs: integer(0),
  settles: FLAG,
  refusesAction: integer(400, 499),
  sendTimeline: MOVES,
  createdAt: MOMENT,
  scheduledAt: either(MOMENT, oneOf([null])),
  sendTime: either(MOMENT, oneOf([null])),
  audiences: {
    is: JSON.stringify(describeRules(AUDIENCES)),
    accepts: (value) => faultsOf(value, AUDIENCES, "").length === 0,
  },
  sendStrategy: {
    is: "an object with a method",
    accepts: (value) => isObject(value) && typeof value["method"] === "string",
  },
  usesSmartSending: FLAG,
  trackingOptions: either(OBJECT, oneOf([null])),
  estimatedRecipients: integer(0),
  refreshedRecipients: integer(0),
  statistics: NUMBERS,
  tags: listOfObjects({ id: required(FILLED), name: required(TEXT), groupId: FILLED }),
  messages: listOfObjects({ id: FILLED, text: TEXT, definition: OBJECT, templateId: FILLED, imageId: FILLED }),
};

export function decodeSeedCampaign(input: unknown): SeedCampaign {
  const found = faultsOf(input, RULES, "campaign");
  if (found.length > 0) throw new ControlInputError(found.join("; "), describeRules(RULES));
  return input as SeedCampaign;
}

function isStatistic(name: string): boolean {
  return STATISTICS.some((statistic) => statistic === name);
}
