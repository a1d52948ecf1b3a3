/**
 * JSON:API documents, checked once and then read in place: what a wrong answer would turn into a lie (another type, another id)
 * is strict, everything else is left as `unknown` for the reader of the attribute to check.
 * https://jsonapi.org/format/#document-structure
 */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Page {
  readonly resources: readonly Resource[];
  /** Klaviyo's opaque cursor of the following page, undefined on the last one. */
  readonly nextCursor: string | undefined;
  readonly hasPrevious: boolean;
}

/** What is wrong with a document, in words fit for a log: it names the place and never quotes the content. */
export class InvalidDocumentError extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = "InvalidDocumentError";
  }
}

/** The primary resource, which must be of `type` and carry `id`: anything else is somebody else's data. */
export function decodeResource(document: unknown, type: string, id: string): Resource {
  const resource = decodeAny(member(document, "data"), "data", type);
  if (resource.id !== id) throw new InvalidDocumentError("data is another resource than the one asked for");
  return resource;
}

export function decodePage(document: unknown, type: string): Page {
  const data = member(document, "data");
  if (!Array.isArray(data)) throw new InvalidDocumentError("data is not an array");
  const links = isRecord(document) && isRecord(document["links"]) ? document["links"] : {};
  return {
    resources: data.map((item, index) => decodeAny(item, `data[${index}]`, type)),
    nextCursor: cursorIn(links["next"]),
    hasPrevious: typeof links["prev"] === "string",
  };
}

export interface JsonApiError {
  readonly id: string | undefined;
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly source: string | undefined;
}

/** The first of a document's errors, or undefined when it is not a JSON:API error document at all. */
export function decodeFirstError(document: unknown): JsonApiError | undefined {
  const errors = isRecord(document) ? document["errors"] : undefined;
  const [first] = Array.isArray(errors) ? errors : [];
  if (!isRecord(first)) return undefined;
  const source = isRecord(first["source"]) ? first["source"] : {};
  return {
    id: shortText(first["id"]),
    code: shortText(first["code"]),
    detail: text(first["detail"]),
    source: shortText(source["parameter"]) ?? shortText(source["pointer"]) ?? shortText(source["header"]),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decodeAny(value: unknown, place: string, type: string): Resource {
  if (!isRecord(value)) throw new InvalidDocumentError(`${place} is not a resource object`);
  if (value["type"] !== type) throw new InvalidDocumentError(`${place} is not of type ${type}`);
  if (typeof value["id"] !== "string") throw new InvalidDocumentError(`${place} has no id`);
  const attributes = value["attributes"] ?? {};
  if (!isRecord(attributes)) throw new InvalidDocumentError(`${place}.attributes is not an object`);
  return { type, id: value["id"], attributes };
}

function member(document: unknown, name: string): unknown {
  if (!isRecord(document) || !(name in document)) throw new InvalidDocumentError(`the document has no ${name}`);
  return document[name];
}

/** Only the cursor is taken out of a link. The URL is never fetched: it could point anywhere. */
function cursorIn(link: unknown): string | undefined {
  if (typeof link !== "string") return undefined;
  const cursor = URL.parse(link, "https://klaviyo.invalid")?.searchParams.get("page[cursor]");
  if (!cursor) throw new InvalidDocumentError("links.next carries no page[cursor]");
  return cursor;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Ids and codes end up in answers and logs; what is longer or odder than such a thing can be is not one. */
function shortText(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w.:/[\]-]{1,128}$/.test(value) ? value : undefined;
}
