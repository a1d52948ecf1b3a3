import { type ASTNode, type ASTVisitor, BREAK, type DocumentNode, Kind, type ValidationRule, visit } from "graphql";
import { LimitError } from "./limit-error.js";
import { measureOperations, type OperationSize } from "./measure-operation.js";
import type { OperationLimits } from "./operation-limits.js";

/** Nobody needs more on one field. Unknown ones cost an error each, which is what scanners look for. */
const DIRECTIVES_AT_ONE_PLACE = 4;

const CHECKS: readonly {
  readonly measure: keyof OperationSize;
  readonly code: LimitError["excess"]["code"];
  readonly what: string;
  readonly wayOut: string;
}[] = [
  { measure: "depth", code: "MAX_DEPTH_LIMIT", what: "fields within fields", wayOut: "Start nearer to what you need." },
  { measure: "height", code: "MAX_HEIGHT_LIMIT", what: "fields", wayOut: "Select less, or in several operations." },
  { measure: "rootFields", code: "MAX_ROOT_FIELDS_LIMIT", what: "root fields", wayOut: "Use several operations." },
  { measure: "aliases", code: "MAX_ALIASES_LIMIT", what: "aliases", wayOut: "Use several operations." },
  { measure: "directives", code: "MAX_DIRECTIVES_LIMIT", what: "directives", wayOut: "Leave some out." },
];

/** After so many errors graphql-js looks at nothing more of a document. */
const ERRORS_TO_THE_END = 101;

/**
 * Holds a document to the limits that do not depend on variables, as a rule of validation: Apollo Server validates a document once
 * and keeps it. What is too large is not looked through by the other rules, some of which take the square of its size: there is no other
 * way to stop them than to report as many errors as end a validation.
 */
export function createLimitsRule(limits: OperationLimits): ValidationRule {
  return (context): ASTVisitor => ({
    Document(document) {
      const excesses = excessesOf(document, limits);
      for (let count = 0; excesses.length > 0 && count < ERRORS_TO_THE_END; count += excesses.length)
        for (const error of excesses) context.reportError(error);
      return BREAK;
    },
  });
}

function excessesOf(document: DocumentNode, limits: OperationLimits): readonly LimitError[] {
  const sizes = measureOperations(document);
  const found = CHECKS.flatMap(({ measure, ...words }) => {
    const actual = Math.max(0, ...sizes.map((size) => size[measure]));
    return actual > limits[measure] ? [new LimitError({ ...words, limit: limits[measure], actual })] : [];
  });
  return [...found, ...crowdedPlaces(document), ...longLists(document, limits)];
}

function crowdedPlaces(document: DocumentNode): readonly LimitError[] {
  const most = largest(document, (node) => ("directives" in node ? (node.directives?.length ?? 0) : 0));
  if (most <= DIRECTIVES_AT_ONE_PLACE) return [];
  const words = { what: "directives at one place", wayOut: "Leave some out." };
  return [new LimitError({ code: "MAX_DIRECTIVES_LIMIT", ...words, limit: DIRECTIVES_AT_ONE_PLACE, actual: most })];
}

/** Also those that are representations: a router sends them as variables, where more are accepted. */
function longLists(document: DocumentNode, { listSize: limit }: OperationLimits): readonly LimitError[] {
  let longest: LimitError | undefined;
  visit(document, {
    ListValue: ({ values: { length } }, _key, parent, _path, ancestors) => {
      if (length > (longest?.excess.actual ?? limit))
        longest = listTooLong(holderOf([...ancestors, parent ?? []]), limit, length);
    },
  });
  return longest ? [longest] : [];
}

/** The nearest argument, input field or variable that a value is of. */
function holderOf(parents: readonly (ASTNode | readonly ASTNode[])[]): string {
  for (const node of parents.toReversed()) {
    if (!("kind" in node)) continue;
    if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return node.name.value;
    if (node.kind === Kind.VARIABLE_DEFINITION) return `$${node.variable.name.value}`;
  }
  return "the document";
}

/** @param holder the argument, input field or variable whose list it is */
export function listTooLong(holder: string, limit: number, actual: number): LimitError {
  const words = {
    what: `items in a list of \`${holder}\``,
    wayOut: "Send fewer at a time. Some lists take fewer yet.",
  };
  return new LimitError({ code: "MAX_LIST_SIZE_LIMIT", ...words, limit, actual });
}

function largest(document: DocumentNode, sizeOf: (node: Parameters<typeof visit>[0]) => number): number {
  let most = 0;
  visit(document, { enter: (node) => void (most = Math.max(most, sizeOf(node))) });
  return most;
}
