import { type GraphQLArgument, type GraphQLInputField, type GraphQLSchema, valueFromAST } from "graphql";

/**
 * Reads the default values of arguments and input fields anew. @apollo/subgraph has read them before it knew what the enum values
 * stand for: a default would be the value's name, which no resolver understands and introspection cannot print.
 */
export function healDefaults(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const fields = "getFields" in type ? Object.values(type.getFields()) : [];
    for (const field of fields) {
      if ("args" in field) for (const argument of field.args) heal(argument);
      else heal(field);
    }
  }
}

function heal(input: Pick<GraphQLArgument | GraphQLInputField, "astNode" | "type" | "defaultValue">): void {
  const written = input.astNode?.defaultValue;
  if (written) input.defaultValue = valueFromAST(written, input.type);
}
