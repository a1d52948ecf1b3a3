import { hash } from "node:crypto";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { isRecord } from "../../klaviyo/json-api.js";

const FIELD = "cancelCampaignSend";
/** A cancel is a short document. A long one is not worth parsing while there is too much to do. */
const MAX_TOKENS = 1_000;
const REMEMBERED_HASHES = 1_000;

/**
 * Tells whether a request is going to run a cancel, before anything expensive is done with it. A word in a comment, or in an operation
 * that is not going to run, does not make a request a cancel: cancels are let in where others are refused.
 */
export class CancelDetector {
  /** Of documents that were cancels: a persisted query comes as its hash alone. */
  private readonly hashes = new LRUCache<string, true>({ max: REMEMBERED_HASHES });

  /** @param body of a POST, parsed */
  isCancel(body: unknown): boolean {
    if (!isRecord(body)) return false;
    const { query, operationName } = body;
    if (typeof query !== "string") return this.hashes.has(keyOf(persistedHashOf(body), operationName));
    if (!query.includes(FIELD) || !runsCancel(query, operationName)) return false;
    this.hashes.set(keyOf(hash("sha256", query, "hex"), operationName), true);
    return true;
  }
}

function keyOf(sha256: unknown, operationName: unknown): string {
  return `${String(sha256)} ${typeof operationName === "string" ? operationName : ""}`;
}

function persistedHashOf({ extensions }: Readonly<Record<string, unknown>>): unknown {
  const persisted = isRecord(extensions) ? extensions["persistedQuery"] : undefined;
  return isRecord(persisted) ? persisted["sha256Hash"] : undefined;
}

function runsCancel(query: string, operationName: unknown): boolean {
  const document = parseShort(query);
  if (!document) return false;
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const named = operations.filter(({ name }) => name?.value === operationName);
  const [operation, ...others] = typeof operationName === "string" ? named : operations;
  if (operation?.operation !== OperationTypeNode.MUTATION || others.length > 0) return false;
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return selectsCancel(operation.selectionSet, new Map(fragments.map((fragment) => [fragment.name.value, fragment])));
}

function parseShort(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch {
    return undefined;
  }
}

function selectsCancel({ selections }: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === FIELD;
    if (selection.kind === Kind.INLINE_FRAGMENT) return selectsCancel(selection.selectionSet, fragments);
    const fragment = fragments.get(selection.name.value);
    // Each once: a fragment that spreads itself has no end.
    fragments.delete(selection.name.value);
    return fragment !== undefined && selectsCancel(fragment.selectionSet, fragments);
  });
}
