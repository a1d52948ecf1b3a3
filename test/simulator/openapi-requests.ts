import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { RecordedRequest } from "../../src/simulator/simulator.js";
import { convertSchema, escapePointer, OPENAPI_PATH } from "./openapi-document.js";
import { filterFaults, type FilterRules } from "./openapi-filter.js";

interface Parameter {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly required?: boolean;
  readonly schema: ParameterSchema;
}

interface ParameterSchema {
  readonly type: "string" | "integer" | "array";
  readonly enum?: readonly string[];
  readonly items?: { readonly enum?: readonly string[] };
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
  readonly "x-klaviyo-filters"?: FilterRules;
}

interface OpenApi {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Found {
  readonly template: string;
  readonly operation: Operation;
}

const MEDIA_TYPE = "application/vnd.api+json";
const OLD_MEDIA_TYPE = "application/json";
/** The first revision with today's media type, and without slashes at the ends of paths. */
const NEW_FORM_SINCE = "2024-10-15";

/** Checks requests against the document: what Klaviyo would refuse, and what it would silently ignore. */
export class OpenApiRequestChecker {
  readonly #document = JSON.parse(readFileSync(OPENAPI_PATH, "utf8")) as OpenApi;
  readonly #ajv = new Ajv({ strict: false, allErrors: true });

  constructor() {
    // Under CommonJS the default export arrives inside the module.
    (addFormats as unknown as (ajv: Ajv) => void)(this.#ajv);
    this.#ajv.addSchema({ $id: "requests", ...(convertSchema(this.#document, "closed") as object) });
  }

  /** What is wrong with the request, in words; empty when nothing is. */
  faultsOf(request: RecordedRequest): readonly string[] {
    const found = this.#find(request);
    if (!found) return ["no such operation is in the document"];
    return [
      ...this.#revisionFaults(request, found),
      ...headerFaults(request, found),
      ...queryFaults(request.query, found.operation),
      ...this.#bodyFaults(request, found),
    ];
  }

  /** Klaviyo's name of the operation that the request is about. */
  operationOf(request: RecordedRequest): string | undefined {
    return this.#find(request)?.operation.operationId;
  }

  #find({ method, path, headers }: RecordedRequest): Found | undefined {
    const plain = isOldForm(headers["revision"]) ? path.replace(/\/$/, "") : path;
    for (const [template, operations] of Object.entries(this.#document.paths)) {
      const operation = operations[method.toLowerCase()];
      if (operation && patternOf(template).test(plain)) return { template, operation };
    }
    return undefined;
  }

  /** The document is that of one revision. Others may be asked for a cancel alone, whose shape has never changed. */
  #revisionFaults({ headers, path }: RecordedRequest, { operation }: Found): readonly string[] {
    const { revision = "" } = headers;
    if (revision === this.#document.info.version || READING_REVISION === revision) return [];
    if (operation.operationId !== "cancel_campaign_send") return [`${operation.operationId} at revision ${revision}`];
    return path.endsWith("/") === isOldForm(revision) ? [] : [`the path does not have the form of ${revision}`];
  }

  #bodyFaults({ body }: RecordedRequest, { template, operation }: Found): readonly string[] {
    if (!operation.requestBody) return body === "" ? [] : ["a body where none is declared"];
    if (body === "") return ["no body"];
    const method = Object.entries(this.#document.paths[template] ?? {}).find(([, other]) => other === operation)?.[0];
    const parts = ["paths", template, String(method), "requestBody", "content", MEDIA_TYPE, "schema"];
    const validate = this.#ajv.getSchema(`requests#${parts.map((part) => `/${escapePointer(part)}`).join("")}`);
    if (!validate) return [`no body is declared as ${MEDIA_TYPE}`];
    if (validate(JSON.parse(body))) return [];
    return (validate.errors ?? []).map((error) => `body${error.instancePath} ${error.message}`);
  }
}

/** The gateway may read with it as well; its reads are those of the document. */
const READING_REVISION = "2026-04-15";

function isOldForm(revision = ""): boolean {
  return revision < NEW_FORM_SINCE;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll("{id}", "[A-Za-z0-9_-]{1,64}")}$`);
}

function headerFaults({ headers, body }: RecordedRequest, { operation }: Found): readonly string[] {
  const mediaType = isOldForm(headers["revision"]) ? OLD_MEDIA_TYPE : MEDIA_TYPE;
  const contentType = operation.requestBody && body !== "" ? mediaType : undefined;
  return [
    ...(headers["accept"] === mediaType ? [] : [`accept: ${headers["accept"]}`]),
    ...(headers["content-type"] === contentType ? [] : [`content-type: ${headers["content-type"]}`]),
    // The document has keys alone; Klaviyo's guide to OAuth has bearer tokens.
    ...(/^(?:Klaviyo-API-Key pk_|Bearer )\S+$/.test(headers["authorization"] ?? "") ? [] : ["no key"]),
  ];
}

function queryFaults(query: string, operation: Operation): readonly string[] {
  const given = [...new URLSearchParams(query)];
  const declared = new Map(operation.parameters.filter((p) => p.in === "query").map((p) => [p.name, p]));
  const names = given.map(([name]) => name);
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} twice`),
    ...[...declared.values()].filter((p) => p.required && !names.includes(p.name)).map(({ name }) => `no ${name}`),
    ...given.flatMap(([name, value]) => {
      const parameter = declared.get(name);
      if (!parameter) return [`${name} is no parameter of ${operation.operationId}`];
      if (name === "filter") return filterFaults(value, operation["x-klaviyo-filters"] ?? {});
      return valueFaults(value, parameter.schema).map((fault) => `${name}: ${fault}`);
    }),
  ];
}

function valueFaults(value: string, schema: ParameterSchema): readonly string[] {
  switch (schema.type) {
    case "array":
      return value.split(",").filter((item) => item === "" || schema.items?.enum?.includes(item) === false);
    case "integer": {
      const { minimum = -Infinity, maximum = Infinity } = schema;
      return /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum ? [] : [value];
    }
    case "string":
      return schema.enum?.includes(value) === false ? [value] : [];
  }
}
