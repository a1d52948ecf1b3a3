import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../json/is-record.js";
import type { Complaint } from "./failure.js";
import { ResourceIndex } from "./resource-index.js";
import { isResourceId } from "./resource-id.js";

/**
 * JSON:API documents, checked once and then read in place: what a wrong answer would turn into a lie (another type, another id)
 * is strict, everything else is left as `unknown` for the reader of the attribute to check.
 * https://jsonapi.org/format/#document-structure
 */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, unknown>>;
  /** Every resource that came along in the same document. Shared by all resources of the document. */
  readonly included: ResourceIndex<Resource>;
  /** Relationships that were left out so that the rest could be read, each with the reason. */
  readonly withheld?: ReadonlyMap<string, Error>;
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
  const included = decodeIncluded(document);
  const resource = decodeAny(member(document, "data"), type, included, "data");
  if (resource.id !== id) throw new InvalidDocumentError("data is another resource than the one asked for");
  requireOneStory([resource], included);
  return resource;
}

/** A resource that the call has just made: its id is news, and can be any but `notId`. */
export function decodeNewResource(document: unknown, type: string, notId?: string): Resource {
  const resource = decodeAny(member(document, "data"), type, decodeIncluded(document), "data");
  if (resource.id === notId) throw new InvalidDocumentError("data is the resource that was to be copied");
  if (!isResourceId(resource.id)) throw new InvalidDocumentError("data has no id that could be asked for");
  return resource;
}

export function decodePage(document: unknown, type: string): Page {
  const data = member(document, "data");
  if (!Array.isArray(data)) throw new InvalidDocumentError("data is not an array");
  const links = isRecord(document) && isRecord(document["links"]) ? document["links"] : {};
  const included = decodeIncluded(document);
  const resources = data.map((item, index) => decodeAny(item, type, included, "data", index));
  requireOneStory(resources, included);
  return {
    resources,
    nextCursor: cursorIn(links["next"], "page[cursor]"),
    hasPrevious: typeof links["prev"] === "string",
  };
}

/** A report: it is made when it is asked for, so it has a type and no id. */
export interface Report {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly nextCursor: string | undefined;
}

/** @param cursorParameter under which the next page's cursor stands, where there is a next page */
export function decodeReport(document: unknown, type: string, cursorParameter: string): Report {
  const data = member(document, "data");
  if (!isRecord(data) || data["type"] !== type) throw new InvalidDocumentError(`data is not of type ${type}`);
  const { attributes } = data;
  if (!isRecord(attributes)) throw new InvalidDocumentError("data.attributes is not an object");
  const links = isRecord(document) && isRecord(document["links"]) ? document["links"] : {};
  return { attributes, nextCursor: cursorIn(links["next"], cursorParameter) };
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

/** More than anybody reads; Klaviyo's documents are not ours to pass on without bounds. */
const MOST_COMPLAINTS = 20;

/** All that an error document finds fault with, in its order. */
export function decodeComplaints(document: unknown): readonly Complaint[] {
  const errors = isRecord(document) && Array.isArray(document["errors"]) ? document["errors"] : [];
  return errors.slice(0, MOST_COMPLAINTS).map((error: unknown) => {
    const source = isRecord(error) && isRecord(error["source"]) ? error["source"] : {};
    return { pointer: shortText(source["pointer"]), detail: isRecord(error) ? text(error["detail"]) : undefined };
  });
}

/**
 * @param type what it must be; undefined where any type may stand
 * @param list where it stands in the document, and at which place, for complaints
 */
function decodeAny(
  value: unknown,
  type: string | undefined,
  included: ResourceIndex<Resource>,
  list: string,
  index?: number,
): Resource {
  if (!isRecord(value)) throw new InvalidDocumentError(`${placeOf(list, index)} is not a resource object`);
  const actualType = value["type"];
  if (typeof actualType !== "string" || (type !== undefined && actualType !== type))
    throw new InvalidDocumentError(`${placeOf(list, index)} is not of type ${type ?? "string"}`);
  if (typeof value["id"] !== "string") throw new InvalidDocumentError(`${placeOf(list, index)} has no id`);
  const attributes = value["attributes"] ?? {};
  if (!isRecord(attributes)) throw new InvalidDocumentError(`${placeOf(list, index)}.attributes is not an object`);
  const relationships = isRecord(value["relationships"]) ? value["relationships"] : {};
  // The asker's text, where there is one: of a document each has its own, which maps would have to compare with theirs.
  return { type: type ?? actualType, id: value["id"], attributes, relationships, included };
}

function placeOf(list: string, index?: number): string {
  return index === undefined ? list : `${list}[${index}]`;
}

function decodeIncluded(document: unknown): ResourceIndex<Resource> {
  const items: unknown = isRecord(document) ? (document["included"] ?? []) : [];
  if (!Array.isArray(items)) throw new InvalidDocumentError("included is not an array");
  const included = new ResourceIndex<Resource>();
  for (let index = 0; index < items.length; index++) {
    const resource = decodeAny(items[index], undefined, included, "included", index);
    requireAgreement(included.addOrFind(resource), resource, "included", index);
  }
  return included;
}

/** That no resource of the document says of one thing what another says otherwise. */
function requireOneStory(resources: readonly Resource[], included: ResourceIndex<Resource>): void {
  const [first] = resources;
  const alsoIncluded = first && included.ofType(first.type);
  if (!alsoIncluded && areInOrder(resources)) return;
  const known = new ResourceIndex<Resource>();
  resources.forEach((resource, index) => {
    const first = alsoIncluded?.get(resource.id) ?? known.addOrFind(resource);
    requireAgreement(first, resource, "data", index);
  });
}

/** Whether no id can be there twice, as it can be seen without looking any up: many lists are in the order of their ids. */
function areInOrder(resources: readonly Resource[]): boolean {
  const [first, second] = resources;
  const isAscending = first && second && first.id < second.id;
  return resources.every((resource, index) => {
    const before = resources[index - 1];
    return !before || (isAscending ? before.id < resource.id : before.id > resource.id);
  });
}

/**
 * JSON:API has each resource in a document once. One that comes again and says the same is let pass, and the first stands; of two
 * that contradict each other nobody knows which is true. https://jsonapi.org/format/#document-compound-documents
 */
function requireAgreement(first: Resource, resource: Resource, list: string, index: number): void {
  if (first !== resource && contradicts(first, resource))
    throw new InvalidDocumentError(`${placeOf(list, index)} contradicts another of its id`);
}

/** What only one of them says is no contradiction. */
function contradicts({ attributes: one }: Resource, { attributes: other }: Resource): boolean {
  return Object.keys(one).some((name) => Object.hasOwn(other, name) && !isDeepStrictEqual(one[name], other[name]));
}

function member(document: unknown, name: string): unknown {
  if (!isRecord(document) || !(name in document)) throw new InvalidDocumentError(`the document has no ${name}`);
  return document[name];
}

/** Only the cursor is taken out of a link. The URL is never fetched: it could point anywhere. */
function cursorIn(link: unknown, parameter: string): string | undefined {
  if (typeof link !== "string") return undefined;
  const cursor = URL.parse(link, "https://klaviyo.invalid")?.searchParams.get(parameter);
  if (!cursor) throw new InvalidDocumentError(`links.next carries no ${parameter}`);
  return cursor;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Ids and codes end up in answers and logs; what is longer or odder than such a thing can be is not one. */
function shortText(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w.:/[\]-]{1,128}$/.test(value) ? value : undefined;
}
