import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.js";

export function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  // A 204 carries neither a length nor a type; every other answer says how long it is.
  const length = status === 204 ? {} : { "Content-Length": String(Buffer.byteLength(body ?? "")) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}
