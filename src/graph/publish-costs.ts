import { type ConstDirectiveNode, type DefinitionNode, type FieldDefinitionNode, parse } from "graphql";
import { CALL_COSTS, LIST_SIZES } from "./call-costs.js";

/** The same definition, with what its fields cost written on them: `@cost` and `@listSize`, which routers can enforce. */
export function publishCosts(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== "ObjectTypeDefinition") return definition;
  const publish = (field: FieldDefinitionNode) =>
    withDirectives(field, directivesFor(`${definition.name.value}.${field.name.value}`));
  return { ...definition, fields: definition.fields?.map(publish) ?? [] };
}

function directivesFor(coordinate: string): readonly string[] {
  const cost = CALL_COSTS[coordinate];
  const list = LIST_SIZES[coordinate];
  return [
    ...(cost ? [`@cost(weight: ${cost.calls})`] : []),
    // Without the last argument a client would have to give `first` itself.
    ...(list ? [`@listSize(assumedSize: ${list.assumed}${slicing(list)}, requireOneSlicingArgument: false)`] : []),
  ];
}

function slicing({ argument, fields }: (typeof LIST_SIZES)[string]): string {
  const sliced = argument ? `, slicingArguments: ["${argument}"]` : "";
  return fields ? `${sliced}, sizedFields: [${fields.map((name) => `"${name}"`).join(", ")}]` : sliced;
}

function withDirectives(field: FieldDefinitionNode, directives: readonly string[]): FieldDefinitionNode {
  if (directives.length === 0) return field;
  return { ...field, directives: [...(field.directives ?? []), ...parseDirectives(directives.join(" "))] };
}

function parseDirectives(text: string): readonly ConstDirectiveNode[] {
  const [definition] = parse(`scalar S ${text}`, { noLocation: true }).definitions;
  return definition && "directives" in definition ? ((definition.directives ?? []) as ConstDirectiveNode[]) : [];
}
