import type { RecordedRequest } from "../recorded-request.js";
import type { Revision } from "../rules/revision.js";
import { acceptedTypes } from "../rules/wire-form.js";
import { ApiError, genericError } from "./api-error.js";
import { BODY_LIMIT_BYTES } from "./read-body.js";

/** Checks the type and the size of a body and parses it. */
export function decodeBody({ headers, body }: RecordedRequest, revision: Revision): unknown {
  checkType(headers["content-type"] ?? "", revision);
  // A22: compressed bodies are refused, although the limit that Klaviyo names is "decompressed".
  if ((headers["content-encoding"] ?? "identity") !== "identity") throw new ApiError(genericError(415));
  // A22: the status for a body over the limit is not documented.
  if (Buffer.byteLength(body) > BODY_LIMIT_BYTES) throw new ApiError(genericError(413));
  try {
    return JSON.parse(body) as unknown;
  } catch {
    const detail = "JSON parse error: the body is not valid JSON.";
    throw new ApiError({ status: 400, code: "parse_error", title: "Malformed request.", detail });
  }
}

function checkType(header: string, revision: Revision): void {
  const type = header.split(";")[0]?.trim().toLowerCase() ?? "";
  if (acceptedTypes(revision).includes(type)) return;
  const detail = `Unsupported media type "${header}" in request.`;
  throw new ApiError({
    status: 415,
    code: "unsupported_media_type",
    title: "Unsupported media type.",
    detail,
  });
}
