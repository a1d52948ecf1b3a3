import { readFileSync } from "node:fs";
import { OPENAPI_PATH } from "../simulator/openapi-document.js";

/** A schema of the document, as far as Klaviyo uses OpenAPI 3.0. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly (string | number | boolean)[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly tags: readonly string[];
  /** Of the answer of success; undefined where that has no document. */
  readonly answer: Schema | undefined;
}

/** Klaviyo's OpenAPI document, to be walked. */
export class OpenApiSchemas {
  readonly #document = JSON.parse(readFileSync(OPENAPI_PATH, "utf8")) as Document;

  get operations(): readonly DocumentedOperation[] {
    return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, tags, responses }]) => {
        const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
        const [media] = Object.values(success?.content ?? {});
        return { operationId, tags, method: method.toUpperCase(), path, answer: media?.schema };
      }),
    );
  }

  /** The name of a component, and the schema itself, wherever it stands. */
  resolve(schema: Schema): { readonly name: string | undefined; readonly schema: Schema } {
    const name = schema.$ref?.split("/").at(-1);
    if (name === undefined) return { name, schema };
    const found = this.#document.components.schemas[name];
    if (!found) throw new Error(`The document has no ${schema.$ref}`);
    const nullable = schema.nullable ?? found.nullable;
    return { name, schema: { ...found, ...(nullable !== undefined && { nullable }) } };
  }
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly tags: readonly string[];
            readonly responses: Readonly<
              Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
            >;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
