import type { IncomingMessage } from "node:http";
import { HttpError } from "./http-error.js";
import type { BodyRoom } from "./load/body-room.js";
import { overloaded } from "./load/overloaded.js";

const CONTENT_TYPE = /^\s*application\/json\s*(?:;(.*))?$/i;
const CHARSET = /;?\s*charset\s*=\s*"?([^\s";]+)/i;

/**
 * Reads and parses a JSON body, which may not be larger than `limitBytes`, encoded, or in another charset than UTF-8.
 * @returns undefined for another content type: what that means depends on the rules for cross-site requests.
 * @throws HttpError
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number, room?: BodyRoom): Promise<unknown> {
  const parameters = CONTENT_TYPE.exec(request.headers["content-type"] ?? "");
  if (!parameters) return undefined;
  const charset = CHARSET.exec(parameters[1] ?? "")?.[1] ?? "utf-8";
  if (!/^utf-?8$/i.test(charset)) throw new HttpError(415, "UNSUPPORTED_MEDIA_TYPE", "The charset must be UTF-8.");
  if ((request.headers["content-encoding"] ?? "identity") !== "identity")
    throw new HttpError(415, "UNSUPPORTED_MEDIA_TYPE", "The body must not be encoded.");
  const place = room?.open();
  try {
    return parseJson(await readBytes(request, limitBytes, place?.take ?? (() => true)));
  } finally {
    place?.close();
  }
}

async function readBytes(
  request: IncomingMessage,
  limitBytes: number,
  hasRoomFor: (sizeBytes: number) => boolean,
): Promise<Buffer> {
  const tooLarge = new HttpError(413, "PAYLOAD_TOO_LARGE", `The body must not be larger than ${limitBytes} bytes.`);
  if (Number(request.headers["content-length"]) > limitBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // The request must outlive a loop that is left early: a destroyed one has lost the socket that its answer goes to.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw tooLarge;
    if (!hasRoomFor(sizeBytes)) throw overloaded();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HttpError(400, "BAD_REQUEST", "Invalid JSON: the body must be a JSON object in UTF-8.");
  }
}
