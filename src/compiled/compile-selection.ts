import {
  type FieldNode,
  getNullableType,
  type GraphQLAbstractType,
  type GraphQLField,
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isObjectType,
} from "graphql";
import { collectSubfields } from "graphql/execution/collectFields.js";
import { CallInfo, type OperationInfo } from "./call-info.js";
import type { Values } from "./coerce-variables.js";
import { completeLeaf } from "./complete-leaf.js";
import { plainResolverOf } from "./plain-resolver.js";
import { prepareArguments } from "./prepare-arguments.js";
import { completeList, propertyOf, put, type Target } from "./put.js";
import { Thrown } from "./root-results.js";
import type { Complete, ResolverCall, Run } from "./run.js";

/** Puts one field into an object of the answer. */
export type PutField = (target: Target, source: unknown, run: Run) => void;

type Resolve = (source: unknown, run: Run) => unknown;

/** A field as the compiler sees it: its nodes are one in the answer. */
export interface SelectedField {
  readonly key: string;
  readonly parent: GraphQLObjectType;
  readonly nodes: readonly FieldNode[];
}

/** Why a document is left to graphql-js for good. */
export class NotCompilableError extends Error {}

/** Compiles selections of one operation to closures. It knows the way on which all goes well; on every other the run is left. */
export class SelectionCompiler {
  private resolverCount = 0;
  private parts = 0;

  /** @param mostParts a selection that comes to more of them is not compiled to its end */
  constructor(
    private readonly info: OperationInfo,
    private readonly mostParts: number,
  ) {}

  /** What has been compiled: fields, and objects of each type that they may be of. */
  get partCount(): number {
    return this.parts;
  }

  /** A field of the root type: what it answers is kept, so that nobody need ask it again. */
  compileRootField(field: SelectedField): PutField {
    return this.compileField(field, (resolve) => (source, run) => {
      try {
        const result = resolve(source, run);
        run.rootResults.set(field.key, result);
        return result;
      } catch (error) {
        run.rootResults.set(field.key, new Thrown(error));
        throw error;
      }
    });
  }

  /** @param around what is done besides where the field is resolved */
  private compileField(field: SelectedField, around: (resolve: Resolve) => Resolve = (resolve) => resolve): PutField {
    this.countPart();
    const { key, parent, nodes } = field;
    // An object of the answer is an ordinary one, which takes that for its prototype.
    if (key === "__proto__") throw new NotCompilableError();
    const { name } = firstOf(nodes);
    if (name.value === "__typename") return (target) => void (target[key] = parent.name);
    const definition = parent.getFields()[name.value];
    if (!definition) throw new NotCompilableError();
    const complete = this.complete(definition.type, nodes);
    const resolve = around(this.resolverOf(definition, field));
    const putAny: PutField = (target, source, run) => put(target, key, resolve(source, run), complete, run);
    return isTextProperty(definition) ? putText(key, definition.name, putAny) : putAny;
  }

  private countPart(): void {
    this.parts += 1;
    if (this.parts > this.mostParts) throw new NotCompilableError();
  }

  private resolverOf(definition: GraphQLField<unknown, unknown>, field: SelectedField): Resolve {
    const resolve = plainResolverOf(definition);
    if (!resolve) return (source, run) => propertyOf(source, definition.name, run);
    const place = this.resolverCount++;
    const readArguments = prepareArguments(definition, firstOf(field.nodes));
    return (source, run) => {
      const { args, info } = (run.calls[place] ??= this.callOf(definition, field, readArguments(run.variables), run));
      return resolve(source, args, run.context, info);
    };
  }

  /** The fields that are selected of one object type below some nodes. */
  private compileObject(type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
    this.countPart();
    const { schema, fragments, variableValues } = this.info;
    const selected = collectSubfields(schema, { ...fragments }, variableValues, type, [...nodes]);
    const fields = [...selected].map(([key, merged]) => this.compileField({ key, parent: type, nodes: merged }));
    return (source, run) => {
      // Returned is as good as thrown; and a type that tells its objects apart wants to be asked.
      if (source instanceof Error) return run.leave();
      if (type.isTypeOf && type.isTypeOf(source, run.context, undefined as never) !== true) return run.leave();
      const target: Target = {};
      for (const field of fields) field(target, source, run);
      return target;
    };
  }

  private complete(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (type instanceof GraphQLNonNull) {
      const inner = this.completePresent(type.ofType, nodes);
      return (value, run) => (value === null || value === undefined ? run.leave() : inner(value, run));
    }
    const inner = this.completePresent(type, nodes);
    return (value, run) => (value === null || value === undefined ? null : inner(value, run));
  }

  private completePresent(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (type instanceof GraphQLList) return completeList(this.complete(type.ofType, nodes));
    if (isLeafType(type)) return completeLeaf(type);
    if (isObjectType(type)) return this.compileObject(type, nodes);
    if (isAbstractType(type)) return this.completeAbstract(type, nodes);
    throw new NotCompilableError();
  }

  private completeAbstract(type: GraphQLAbstractType, nodes: readonly FieldNode[]): Complete {
    const possible = this.info.schema.getPossibleTypes(type);
    const byName = new Map(possible.map((object) => [object.name, this.compileObject(object, nodes)]));
    return (value, run) => {
      const name = type.resolveType
        ? type.resolveType(value, run.context, undefined as never, type)
        : propertyOf(value, "__typename", run);
      const complete = typeof name === "string" ? byName.get(name) : undefined;
      return complete ? complete(value, run) : run.leave();
    };
  }

  private callOf(
    definition: GraphQLField<unknown, unknown>,
    { parent, nodes }: SelectedField,
    args: Values,
    { variables }: Run,
  ): ResolverCall {
    return { args, info: new CallInfo(this.info, variables, definition, parent, nodes) };
  }
}

function isTextProperty(definition: GraphQLField<unknown, unknown>): boolean {
  const type = getNullableType(definition.type);
  return !plainResolverOf(definition) && (type === GraphQLString || type === GraphQLID);
}

/** What most fields are: a string, read from a property. Going the way of all others costs several times as much as the reading. */
function putText(key: string, name: string, putAny: PutField): PutField {
  return (target, source, run) => {
    const value = (source as Target | null | undefined)?.[name];
    if (typeof value === "string") target[key] = value;
    else putAny(target, source, run);
  };
}

/** Fields that are merged into one have equal arguments: the first speaks for all. */
function firstOf([node]: readonly FieldNode[]): FieldNode {
  if (!node) throw new NotCompilableError();
  return node;
}
