import { registerEnumType } from "type-graphql";

/** By Klaviyo's word for it: `sort` takes one attribute, with `-` before it for descending. */
export enum CampaignSort {
  CREATED_AT_ASC = "created_at",
  CREATED_AT_DESC = "-created_at",
  ID_ASC = "id",
  ID_DESC = "-id",
  NAME_ASC = "name",
  NAME_DESC = "-name",
  SCHEDULED_AT_ASC = "scheduled_at",
  SCHEDULED_AT_DESC = "-scheduled_at",
  UPDATED_AT_ASC = "updated_at",
  UPDATED_AT_DESC = "-updated_at",
}

registerEnumType(CampaignSort, {
  name: "CampaignSort",
  description: "In which order to list campaigns.",
  valuesConfig: {
    CREATED_AT_ASC: { description: "Oldest first." },
    CREATED_AT_DESC: { description: "Newest first." },
    ID_ASC: { description: "By id." },
    ID_DESC: { description: "By id, backwards." },
    NAME_ASC: { description: "By name, A first." },
    NAME_DESC: { description: "By name, Z first." },
    SCHEDULED_AT_ASC: { description: "First scheduled first." },
    SCHEDULED_AT_DESC: { description: "Last scheduled first." },
    UPDATED_AT_ASC: { description: "Longest unchanged first." },
    UPDATED_AT_DESC: { description: "Last changed first." },
  },
});
