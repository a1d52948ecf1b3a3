import { describe, expect, test } from "@jest/globals";
import { composeServices } from "@apollo/composition";
import { buildASTSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, parse } from "graphql";
import { printGatewaySdl } from "../../src/graph/gateway-sdl.js";

const sdl = printGatewaySdl();
const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
const ONE_OF = [...sdl.matchAll(/^input (\w+) @oneOf/gm)].map((match) => match[1]);

describe("the mutations' schema", () => {
  test("says of every input that is one of several that it is, in a way that composers accept", () => {
    expect(ONE_OF.toSorted()).toEqual([
      "CampaignMessageCreateInput",
      "CampaignMessageUpdateInput",
      "PushBadgeInput",
      "PushOnOpenInput",
      "SendStrategyInput",
      "StatisticsTimeframeInput",
      "TrackingParameterInput",
    ]);
    const { errors } = composeServices([{ name: "campaigns", typeDefs: parse(sdl) }]);
    expect(errors).toBeUndefined();
  });

  test.each(ONE_OF)("says so of %s in words as well: supergraphs leave the directive out", (name) => {
    expect(schema.getType(String(name))?.description).toContain("Exactly one of these must be given.");
  });

  test("describes every element", () => {
    const silent = Object.values(schema.getTypeMap()).flatMap((type) => {
      const isOwn = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) || isEnumType(type);
      if (!isOwn || type.name.startsWith("_")) return [];
      const members = isEnumType(type) ? type.getValues() : Object.values(type.getFields());
      const args = members.flatMap((member) => ("args" in member ? member.args : []));
      return [type, ...members, ...args].filter((element) => !element.description).map(({ name }) => `${type}.${name}`);
    });
    expect(silent).toEqual([]);
  });

  test("answers every write with the same outcome and problem, cancels apart", () => {
    const writes = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
      ({ name }) => name !== "cancelCampaignSend",
    );
    expect(writes).toHaveLength(9);
    for (const { name, type } of writes) {
      const payload = `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
      expect(String(type)).toBe(`${payload}!`);
      expect(sdl).toContain(`type ${payload} implements WritePayload`);
    }
  });
});
