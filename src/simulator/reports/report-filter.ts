import { type CheckedTerm, decodeFilter, type FilterRule, type FilterRules } from "../filters/filter-rule.js";
import { ApiError, invalidBody } from "../http/api-error.js";
import type { Revision } from "../rules/revision.js";

const POINTER = "/data/attributes/filter";
const MAX_ITEMS = 100;

const SCALAR: FilterRule = { single: ["equals"], list: ["contains-any"], value: "string" };
const LIST: FilterRule = { single: [], list: ["contains-any", "contains-all"], value: "string" };

const REPORT_FILTERS: FilterRules = {
  send_channel: { ...SCALAR, legal: ["email", "sms", "push-notification", "whatsapp"] },
  campaign_id: SCALAR,
  campaign_message_id: SCALAR,
  campaign_message_name: SCALAR,
  variation: SCALAR,
  variation_name: SCALAR,
  text_message_format: SCALAR,
  tag_id: LIST,
  tag_name: LIST,
};

/** The terms of a report's filter; it stands in the body, so its faults point there. */
export function decodeReportFilter(text: string, revision: Revision): readonly CheckedTerm[] {
  const terms = decode(text, revision);
  const fields = terms.map(({ field }) => field);
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined) throw invalidBody(POINTER, `Only one filter can be used per attribute: '${twice}'.`);
  const long = terms.find(({ values }) => values.length > MAX_ITEMS);
  if (long !== undefined) throw invalidBody(POINTER, `A list has at most ${MAX_ITEMS} items: '${long.field}'.`);
  return terms;
}

function decode(text: string, revision: Revision): readonly CheckedTerm[] {
  try {
    return decodeFilter(text, REPORT_FILTERS, revision);
  } catch (error) {
    if (error instanceof ApiError) throw invalidBody(POINTER, error.parts.detail);
    throw error;
  }
}
