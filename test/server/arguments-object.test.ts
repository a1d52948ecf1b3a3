import { beforeAll, expect, test } from "@jest/globals";
import { CampaignsArgs } from "../../src/campaigns/campaigns.args.js";
import { CampaignFilterInput, DateTimeRangeInput } from "../../src/campaigns/campaign-filter.input.js";
import { CampaignMessageCreateInput } from "../../src/editing/campaign-message.input.js";
import { CampaignCreateInput, CreateCampaignArgs } from "../../src/editing/campaign.input.js";
import { argumentsObjectOf } from "../../src/graph/arguments-object.js";
import { buildGatewaySchema } from "../../src/graph/gateway-schema.js";

// TypeGraphQL knows the fields of its classes when a schema has been made of them.
beforeAll(() => void buildGatewaySchema());

test("arguments and the inputs in them become objects of their classes, in lists as well", () => {
  const input = { name: "Sale", audiences: { included: ["L"] }, messages: [{ email: { label: "A" } }, { sms: {} }] };
  const object = argumentsObjectOf(CreateCampaignArgs)({ input }) as CreateCampaignArgs;
  expect(object).toBeInstanceOf(CreateCampaignArgs);
  expect(object.input).toBeInstanceOf(CampaignCreateInput);
  expect(object.input.messages.map((message) => message instanceof CampaignMessageCreateInput)).toEqual([true, true]);
  expect(JSON.parse(JSON.stringify(object))).toEqual({ input });
});

test("what is no input stays as it is: dates, enums, null; and what was not given is not there", () => {
  const after = new Date(0);
  const make = argumentsObjectOf(CampaignsArgs);
  const object = make({ channel: "EMAIL", filter: { createdAt: { after }, ids: null }, sort: null }) as CampaignsArgs;
  expect(object).toBeInstanceOf(CampaignsArgs);
  expect(object.filter).toBeInstanceOf(CampaignFilterInput);
  expect(object.filter?.createdAt).toBeInstanceOf(DateTimeRangeInput);
  expect(object.filter?.createdAt?.after).toBe(after);
  expect(object.filter).toHaveProperty("ids", null);
  expect(Object.keys(object)).toEqual(["channel", "filter", "sort"]);
  expect(make({ filter: null })).toEqual(expect.objectContaining({ filter: null }));
});
