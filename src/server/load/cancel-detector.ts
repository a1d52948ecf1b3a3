import { type DocumentNode, parse } from "graphql";
import { isRecord } from "../../json/is-record.js";
import { rootFieldNames } from "./root-field-names.js";

const FIELD = "cancelCampaignSend";
/** A cancel is a short document. A long one is not worth parsing while there is too much to do. */
const MAX_TOKENS = 1_000;

/**
 * Tells whether a request is going to run a cancel, before anything expensive is done with it. A word in a comment, in an operation
 * that is not going to run or in a field that is skipped does not make a request a cancel: cancels are let in where others are refused.
 */
export class CancelDetector {
  /** @param documentOf the document that a hash stands for, where it is known */
  constructor(private readonly documentOf: (hash: string) => string | undefined) {}

  /** @param body of a POST, parsed */
  isCancel(body: unknown): boolean {
    if (!isRecord(body)) return false;
    const { query, operationName, variables } = body;
    const text = query === undefined || query === null ? this.persisted(body) : query;
    // Nearly all that is no cancel ends here, and costs no parsing.
    if (typeof text !== "string" || !text.includes(FIELD)) return false;
    const document = parseShort(text);
    const name = typeof operationName === "string" ? operationName : undefined;
    const values = isRecord(variables) ? variables : {};
    return document !== undefined && rootFieldNames(document, "mutation", name, values).has(FIELD);
  }

  private persisted({ extensions }: Readonly<Record<string, unknown>>): string | undefined {
    const persisted = isRecord(extensions) ? extensions["persistedQuery"] : undefined;
    const hash = isRecord(persisted) ? persisted["sha256Hash"] : undefined;
    return typeof hash === "string" ? this.documentOf(hash) : undefined;
  }
}

function parseShort(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true, maxTokens: MAX_TOKENS });
  } catch {
    return undefined;
  }
}
