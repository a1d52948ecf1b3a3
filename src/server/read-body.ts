import type { IncomingMessage } from "node:http";
import { HttpError } from "./http-error.js";
import type { BodyRoom } from "./load/body-room.js";
import { overloaded } from "./load/overloaded.js";

const CONTENT_TYPE = /^\s*application\/json\s*(?:;(.*))?$/i;
const CHARSET = /charset\s*=\s*"?([^\s";]+)/i;
/** What a piece of a body takes in memory besides its bytes, as measured: a sender may make pieces of one byte. */
const PIECE_BYTES = 700;

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

/** The request outlives a body that is not wanted: a destroyed one has lost the socket that its answer goes to. */
function readBytes(
  request: IncomingMessage,
  limitBytes: number,
  hasRoomFor: (sizeBytes: number) => boolean,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"]) > limitBytes) return reject(tooLarge(limitBytes));
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    let isOver = false;
    const refuse = (error: HttpError) => {
      isOver = true;
      request.pause();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      if (isOver) return;
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) return refuse(tooLarge(limitBytes));
      if (!hasRoomFor(sizeBytes + chunks.length * PIECE_BYTES)) return refuse(overloaded());
      chunks.push(chunk);
    };
    const finish = () => {
      isOver = true;
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    };
    const giveUp = () => {
      if (!isOver) reject(new Error("The client left before its request was whole."));
      isOver = true;
    };
    request.on("data", take).on("end", finish).on("close", giveUp).on("error", giveUp);
  });
}

function tooLarge(limitBytes: number): HttpError {
  return new HttpError(413, "PAYLOAD_TOO_LARGE", `The body must not be larger than ${limitBytes} bytes.`);
}

/** One for all: between bodies it remembers nothing. */
const UTF_8 = new TextDecoder("utf-8", { fatal: true });

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(UTF_8.decode(bytes));
  } catch {
    throw new HttpError(400, "BAD_REQUEST", "Invalid JSON: the body must be a JSON object in UTF-8.");
  }
}
