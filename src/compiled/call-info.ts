import type {
  FieldNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from "graphql";

/** What of `GraphQLResolveInfo` is the same for all fields of an operation; the present `@skip`s and `@include`s count. */
export type OperationInfo = Pick<
  GraphQLResolveInfo,
  "schema" | "fragments" | "operation" | "rootValue" | "variableValues"
>;

/** `GraphQLResolveInfo` of a field, for all objects that it is resolved on. */
export class CallInfo implements GraphQLResolveInfo {
  readonly fieldName: string;
  readonly returnType: GraphQLOutputType;
  readonly schema: GraphQLSchema;
  readonly fragments: GraphQLResolveInfo["fragments"];
  readonly operation: OperationDefinitionNode;
  readonly rootValue: unknown;

  constructor(
    operationInfo: OperationInfo,
    readonly variableValues: Record<string, unknown>,
    definition: GraphQLField<unknown, unknown>,
    readonly parentType: GraphQLObjectType,
    readonly fieldNodes: readonly FieldNode[],
  ) {
    this.fieldName = definition.name;
    this.returnType = definition.type;
    this.schema = operationInfo.schema;
    this.fragments = operationInfo.fragments;
    this.operation = operationInfo.operation;
    this.rootValue = operationInfo.rootValue;
  }

  get path(): never {
    throw new Error("A field of a compiled operation is resolved for many objects, and knows no path.");
  }
}
