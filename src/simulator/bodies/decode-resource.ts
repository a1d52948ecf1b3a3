import { conflict, invalidBodies } from "../http/api-error.js";
import { isObject, type JsonObject } from "../json.js";
import { type Check, type Fields, filledText, may, must, object, oneOf } from "./body-check.js";

export interface DecodedResource {
  /** "" when the body of this operation has none. */
  readonly id: string;
  readonly attributes: JsonObject;
  readonly relationships: JsonObject;
}

export interface ResourceShape {
  readonly attributes?: Check;
  readonly relationships?: Check;
  /** Whether the resource is still to be created, and so has no id. */
  readonly isNew?: boolean;
  /** The id of the path, for those bodies that repeat it. */
  readonly pathId?: string;
}

/** The resource in a body; a 400 that lists every fault with its place when it is not of the shape. */
export function decodeResource(body: unknown, type: string, shape: ResourceShape): DecodedResource {
  const fields: Fields = {
    type: must(oneOf([type])),
    ...(shape.isNew === true ? {} : { id: must(filledText) }),
    ...(shape.attributes && { attributes: must(shape.attributes) }),
    ...(shape.relationships && { relationships: may(shape.relationships) }),
  };
  const faults = object({ data: must(object(fields)) })(body, "");
  if (faults.length > 0) throw invalidBodies(faults);
  const data = (body as { readonly data: JsonObject }).data;
  const id = typeof data["id"] === "string" ? data["id"] : "";
  // A17: JSON:API asks for a 409 when the id of the body is not that of the path.
  if (shape.pathId !== undefined && id !== shape.pathId) {
    throw conflict("/data/id", `The id '${id}' is not that of the path, '${shape.pathId}'.`);
  }
  return { id, attributes: objectOr(data["attributes"]), relationships: objectOr(data["relationships"]) };
}

function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
