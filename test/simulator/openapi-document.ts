import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { describeWhere } from "../support/describe-where.js";

/** Klaviyo's document is not part of this repository: it is looked for, and the tests are skipped without it. */
export const OPENAPI_PATH = resolve(process.env["KLAVIYO_OPENAPI"] ?? "../shared/klaviyo/campaigns.openapi.json");
export const hasOpenApi = existsSync(OPENAPI_PATH);

export function describeIfDocument(name: string, tests: () => void): void {
  describeWhere(
    hasOpenApi,
    `There is no OpenAPI document at ${OPENAPI_PATH}; KLAVIYO_OPENAPI may name one.`,
    name,
    tests,
  );
}

interface Node {
  readonly [key: string]: unknown;
}

type Media = { readonly schema: Node };
type Operation = { readonly responses: Readonly<Record<string, { readonly content?: Record<string, Media> }>> };

/** Checks answers against the document. */
export class OpenApiChecker {
  readonly #document: Node;
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    this.#document = JSON.parse(readFileSync(OPENAPI_PATH, "utf8")) as Node;
    // Under CommonJS the default export arrives inside the module.
    (addFormats as unknown as (ajv: Ajv) => void)(this.#ajv);
    this.#ajv.addSchema({ $id: "whole", ...(convertSchema(this.#document, "whole") as Node) });
    this.#ajv.addSchema({ $id: "sparse", ...(convertSchema(this.#document, "sparse") as Node) });
  }

  /** What is wrong with the answer, in words; empty when nothing is. */
  faultsOf(answer: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly contentType: string | null;
    readonly body: unknown;
    /** Whether the request had a fieldset: attributes that the schema requires may then be missing. */
    readonly isSparse: boolean;
  }): readonly string[] {
    const { responses } = this.#operation(answer.method, answer.path);
    const key = responses[answer.status] ? String(answer.status) : `${Math.floor(answer.status / 100)}XX`;
    if (responses[key] === undefined) return [`status ${answer.status} is not declared`];
    const pointer = this.#schemaPointer(answer.method, answer.path, key, answer.contentType);
    if (pointer === undefined) return answer.contentType === null ? [] : [`no content was declared for ${key}`];
    if (pointer === "") return [`content type ${answer.contentType} is not declared for ${key}`];
    const validate = this.#validator(`${answer.isSparse ? "sparse" : "whole"}#${pointer}`);
    if (validate(answer.body)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  #operation(method: string, path: string): Operation {
    const paths = this.#document["paths"] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    const operation = paths[path]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`${method} ${path} is not in the document`);
    return operation;
  }

  /** undefined: the answer declares no content; "": it declares other content. */
  #schemaPointer(method: string, path: string, key: string, type: string | null): string | undefined {
    const response = this.#operation(method, path).responses[key] as Node;
    const named = typeof response["$ref"] === "string" ? response["$ref"].split("/").at(-1) : undefined;
    const components = this.#document["components"] as { readonly responses: Record<string, Node> };
    const content = (named === undefined ? response : components.responses[named])?.["content"] as Node | undefined;
    if (content === undefined) return undefined;
    if (type === null || content[type] === undefined) return "";
    const base =
      named === undefined
        ? ["paths", path, method.toLowerCase(), "responses", key]
        : ["components", "responses", named];
    return [...base, "content", type, "schema"].map((part) => `/${escapePointer(part)}`).join("");
  }

  #validator(reference: string): ValidateFunction {
    const known = this.#validators.get(reference);
    if (known) return known;
    const compiled = this.#ajv.compile({ $ref: reference });
    this.#validators.set(reference, compiled);
    return compiled;
  }
}

/** As the document says; with attributes left out as a fieldset leaves them out; or with no member that is not declared. */
type Strictness = "whole" | "sparse" | "closed";

/**
 * OpenAPI 3.0 to JSON Schema: `nullable` becomes a choice with null. `oneOf` becomes `anyOf`, because several of
 * Klaviyo's variants are the same shape. `additionalProperties` stays open for answers, as the document leaves it.
 */
export function convertSchema(node: unknown, strictness: Strictness, key = ""): unknown {
  if (Array.isArray(node)) return node.map((item) => convertSchema(item, strictness));
  if (typeof node !== "object" || node === null) return node;
  const isThin = (name: string) => strictness === "sparse" && isLoose(name, key, node as Node);
  const entries = Object.entries(node)
    .filter(([name]) => name !== "nullable" && name !== "example" && !isThin(name))
    .map(([name, value]) => [name === "oneOf" ? "anyOf" : name, convertSchema(value, strictness, name)] as const);
  const isClosed = strictness === "closed" && "properties" in node && (node as Node)["type"] === "object";
  const schema = { ...Object.fromEntries(entries), ...(isClosed && { additionalProperties: false }) };
  return (node as Node)["nullable"] === true ? { anyOf: [{ type: "null" }, schema] } : schema;
}

/** A fieldset thins out attributes, not the resource around them (which has a type). */
function isLoose(name: string, key: string, node: Node): boolean {
  if (name !== "required" || !Array.isArray(node["required"])) return false;
  return (
    key === "attributes" || !node["required"].some((field) => ["data", "id", "errors", "self"].includes(String(field)))
  );
}

export function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
