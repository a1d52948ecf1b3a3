import { invalidBody } from "../http/api-error.js";
import { isObject, type JsonObject } from "../json.js";

export interface SendJobData {
  readonly id: string;
  readonly attributes: JsonObject;
}

/** The part that both writes on send jobs share; since 2023-09-15 the id stands beside the type. */
export function decodeSendJobData(body: unknown): SendJobData {
  const data = isObject(body) ? body["data"] : undefined;
  if (!isObject(data)) throw invalidBody("/data", "'data' is a required object.");
  if (data["type"] !== "campaign-send-job") {
    throw invalidBody("/data/type", "'type' must be 'campaign-send-job'.");
  }
  const id = data["id"];
  if (typeof id !== "string" || id === "") throw invalidBody("/data/id", "'id' is a required string.");
  const attributes = data["attributes"];
  return { id, attributes: isObject(attributes) ? attributes : {} };
}
