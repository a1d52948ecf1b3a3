import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";
import { getDocumentNodeFromSchema } from "@graphql-tools/utils";
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from "graphql";
import { type BuildSchemaOptions, buildSchemaSync, createResolversMap } from "type-graphql";
import { checkAccess } from "../access/check-access.js";
import { rememberRootResults } from "../compiled/root-results.js";
import { validateArguments } from "../input/validate-arguments.js";
import { checkMutationsTogether } from "./check-together.js";
import { type ReferenceResolvers, resolveEntities } from "./entities.js";
import { callResolversDirectly } from "./direct-resolvers.js";
import { healDefaults } from "./heal-defaults.js";
import { publishCosts } from "./publish-costs.js";
import { settleLists } from "./settle-lists.js";
import { resolveTypesByClass } from "./types-by-class.js";

/** The highest version that every composer accepts; later ones would lock some routers out. */
const FEDERATION_VERSION = "v2.9";

/**
 * GraphQL's own directive, which the printer takes for granted. Composers do not all know it yet: they accept a subgraph that
 * defines it, and leave it out of the supergraph, so it is the subgraph that holds clients to it.
 */
const ONE_OF = `"""Exactly one of the input's fields has to be given, and not as null."""
directive @oneOf on INPUT_OBJECT`;

export interface SubgraphOptions<TContext> {
  /** TypeGraphQL resolver classes. */
  readonly resolvers: BuildSchemaOptions["resolvers"];
  /** One instance for each class that does not make its own. */
  readonly instances?: readonly object[];
  /** How each entity is found by its key. */
  readonly references: ReferenceResolvers<TContext>;
  /** Federation directives that the schema uses, with their `@`. */
  readonly directives: readonly string[];
  /** The version of the specification that is linked, such as `v2.3`. Default: {@link FEDERATION_VERSION}. */
  readonly federationVersion?: string;
  /** SDL that no class can say: links to other specifications and their directives. */
  readonly prelude?: string;
  /** Federation directives that classes carry and this subgraph does not publish, without their `@`. */
  readonly unpublished?: readonly string[];
  /** What is said about the root types: no class stands for them that could say it. */
  readonly descriptions: { readonly Query: string; readonly Mutation: string };
}

export interface Subgraph {
  readonly schema: GraphQLSchema;
  /** The subgraph as a composer reads it. */
  readonly document: DocumentNode;
}

/**
 * TypeGraphQL classes in, an executable Federation v2 subgraph and what it publishes out. That is handed on as it is, not printed and
 * parsed again: a start would take longer, and keep every token of it.
 */
export function buildSubgraph<TContext>(options: SubgraphOptions<TContext>): Subgraph {
  const instance = (type: Function) => instanceOf(type, options.instances ?? []);
  const schema = buildSchemaSync({
    resolvers: options.resolvers,
    validate: false,
    validateFn: (args) => {
      if (typeof args === "object" && args !== null) validateArguments(args);
    },
    authChecker: checkAccess,
    container: { get: instance },
    // It would complain about directives that only federation defines.
    skipCheck: true,
  });
  describeRoots(schema, options.descriptions);
  const prelude = parse([...preludeOf(options), ONE_OF].join("\n\n"), { noLocation: true });
  const definitions = [...prelude.definitions, ...definitionsOf(schema, options.unpublished ?? [])];
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
  // Two libraries' names for the same map of resolvers.
  const resolvers = createResolversMap(schema) as GraphQLResolverMap<unknown>;
  const executable = buildSubgraphSchema([{ typeDefs: document, resolvers }]);
  healDefaults(executable);
  const entities = executable.getQueryType()?.getFields()["_entities"];
  if (entities) entities.resolve = resolveEntities(options.references);
  const checks = callResolversDirectly(executable, { resolvers: options.resolvers, instanceOf: instance });
  checkMutationsTogether(executable, checks);
  resolveTypesByClass(executable);
  // In this order: also a result that is remembered has to be settled.
  rememberRootResults(executable);
  settleLists(executable);
  return { schema: executable, document };
}

/** What can be asked and done comes first, so that a reader of the SDL meets each type where it is used. */
function definitionsOf(schema: GraphQLSchema, unpublished: readonly string[]): readonly DefinitionNode[] {
  const { definitions } = getDocumentNodeFromSchema(schema);
  return definitions
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((definition) => withoutDirectives(publishCosts(definition), unpublished));
}

/** Only of object types and their fields, for no others have any: to look everywhere would take a start noticeably longer. */
function withoutDirectives(definition: DefinitionNode, names: readonly string[]): DefinitionNode {
  if (names.length === 0 || definition.kind !== "ObjectTypeDefinition") return definition;
  const without = <T extends ObjectTypeDefinitionNode | FieldDefinitionNode>(node: T): T => ({
    ...node,
    directives: (node.directives ?? []).filter(({ name }) => !names.includes(name.value)),
  });
  return { ...without(definition), fields: (definition.fields ?? []).map(without) };
}

function rankOf(definition: DefinitionNode): number {
  if (definition.kind === "SchemaDefinition") return 0;
  const rank = "name" in definition ? ["Query", "Mutation"].indexOf(definition.name?.value ?? "") : -1;
  return rank < 0 ? 3 : rank + 1;
}

function describeRoots(schema: GraphQLSchema, { Query, Mutation }: SubgraphOptions<unknown>["descriptions"]): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (query) query.description = Query;
  if (mutation) mutation.description = Mutation;
}

function preludeOf(options: Pick<SubgraphOptions<unknown>, "directives" | "federationVersion" | "prelude">): string[] {
  const { directives, federationVersion = FEDERATION_VERSION, prelude } = options;
  const imports = directives.map((name) => `"${name}"`).join(", ");
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/${federationVersion}", import: [${imports}])`;
  return prelude ? [link, prelude] : [link];
}

function instanceOf(type: Function, instances: readonly object[]): object {
  return instances.find((instance) => instance instanceof type) ?? Reflect.construct(type, []);
}
