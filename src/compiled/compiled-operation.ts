import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import { collectFields } from "graphql/execution/collectFields.js";
import { conditionKey, hasNullCondition } from "../selection/condition-key.js";
import type { OperationInfo } from "./call-info.js";
import type { Values } from "./coerce-variables.js";
import { NotCompilableError, type PutField, SelectionCompiler } from "./compile-selection.js";
import type { CompiledShape, CompiledShapes } from "./compiled-shapes.js";
import type { Target } from "./put.js";
import type { RootResults } from "./root-results.js";
import { Run } from "./run.js";

/** Each `@skip` or `@include` by a variable doubles what an operation can be: one is not to take the room of all others. */
const REMEMBERED_SHAPES = 16;

/** `data`, or nothing where the run was left. */
type Outcome = Target | undefined;

/**
 * One operation of a valid document, compiled for each set of values that its `@skip`s and `@include`s have met. It makes the same
 * `data` as graphql-js from the same resolvers, or nothing: on whatever is not as it should be, the run is left, and graphql-js
 * takes over with what the root fields have answered until then.
 */
export class CompiledOperation {
  /** By the values of its conditions, the oldest first. */
  private readonly shapes = new Map<string, CompiledShape>();
  private readonly fragments: OperationInfo["fragments"];
  private readonly root: GraphQLObjectType;

  /** @throws NotCompilableError */
  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly kept: CompiledShapes,
  ) {
    const root = schema.getRootType(operation.operation);
    if (!root || operation.operation === "subscription") throw new NotCompilableError();
    this.root = root;
    const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    this.fragments = fragments;
  }

  /**
   * @param rootResults is given what root fields answer, also of a run that is left
   * @returns `data`, ready for JSON, at once where nothing has to be waited for; undefined if the run was left. @throws NotCompilableError
   */
  run(context: unknown, variables: Values, rootResults: RootResults): Outcome | Promise<Outcome> {
    const run = new Run(context, variables, rootResults);
    const fields = this.fieldsFor(variables);
    if (!fields) return undefined;
    return this.operation.operation === "mutation" ? runInTurns(fields, run) : runTogether(fields, run);
  }

  /** @returns undefined for conditions that say nothing */
  private fieldsFor(variableValues: Values): readonly PutField[] | undefined {
    const { operation, fragments } = this;
    const conditions = { operation, fragments, variableValues };
    if (hasNullCondition(conditions)) return undefined;
    const key = conditionKey(conditions);
    const shape = this.shapes.get(key) ?? this.compile(key, variableValues);
    this.kept.use(shape);
    return shape.fields;
  }

  private compile(key: string, variables: Values): CompiledShape {
    const { schema, operation, fragments, root, kept } = this;
    const info = { schema, operation, fragments, rootValue: undefined, variableValues: { ...variables } };
    const compiler = new SelectionCompiler(info, kept.largestShape);
    const selected = collectFields(schema, { ...info.fragments }, info.variableValues, root, operation.selectionSet);
    const fields = [...selected].map(([name, nodes]) => compiler.compileRootField({ key: name, parent: root, nodes }));
    const shape = { fields, partCount: compiler.partCount };
    this.keep(key, shape);
    return shape;
  }

  private keep(key: string, shape: CompiledShape): void {
    const [oldest] = this.shapes.values();
    if (oldest && this.shapes.size >= REMEMBERED_SHAPES) this.kept.drop(oldest);
    this.shapes.set(key, shape);
    this.kept.keep(shape, () => this.shapes.delete(key));
  }

  /** Gives up the room of all that has been compiled of it. It can be run again all the same. */
  forget(): void {
    for (const shape of this.shapes.values()) this.kept.drop(shape);
  }
}

function runTogether(fields: readonly PutField[], run: Run): Outcome | Promise<Outcome> {
  const data: Target = {};
  try {
    for (const field of fields) {
      field(data, undefined, run);
      if (run.hasLeft) return undefined;
    }
  } catch {
    run.leave();
    return undefined;
  }
  return run.outcome(data);
}

/** https://spec.graphql.org/October2021/#sec-Mutation: what one has done, the next one finds done. */
async function runInTurns(fields: readonly PutField[], run: Run): Promise<Outcome> {
  const data: Target = {};
  try {
    for (const field of fields) {
      field(data, undefined, run);
      await run.outcome(data);
      if (run.hasLeft) return undefined;
    }
  } catch {
    run.leave();
    return undefined;
  }
  return data;
}
