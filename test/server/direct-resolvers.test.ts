import { expect, test } from "@jest/globals";
import { isObjectType } from "graphql";
import { plainResolverOf } from "../../src/compiled/plain-resolver.js";
import { buildGatewaySchema } from "../../src/graph/gateway-schema.js";

const { schema } = buildGatewaySchema();

function resolverOf(typeName: string, fieldName: string) {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`There is no field ${typeName}.${fieldName}.`);
  return plainResolverOf(field);
}

test.each([
  ["Campaign", "name"],
  ["CampaignEdge", "cursor"],
  ["CampaignMessage", "channel"],
])("%s.%s, a getter for everybody, is read as the property that it is", (type, field) => {
  expect(resolverOf(type, field)).toBeUndefined();
});

test.each([
  ["Campaign", "messages"],
  ["Query", "campaign"],
  ["Mutation", "cancelCampaignSend"],
])("%s.%s is called", (type, field) => {
  expect(resolverOf(type, field)).toBeInstanceOf(Function);
});
