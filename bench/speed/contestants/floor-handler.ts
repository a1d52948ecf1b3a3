import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { answers } from "./floor-answers.ts";

/** Answers beyond which none is kept. */
const MOST_KEPT = 1_000;

/**
 * What a good programmer would write by hand for just these operations, with no GraphQL at all: it goes by the operation's name, checks
 * nothing, and makes the same JSON.
 * @param kept where answers are remembered by the request's own text, if they are: for good, and whoever asks
 */
export function floorHandler(kept?: Map<string, string>): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => void answer(chunks, response, kept));
  };
}

async function answer(
  chunks: readonly Buffer[],
  response: ServerResponse<IncomingMessage>,
  kept: Map<string, string> | undefined,
): Promise<void> {
  const text = (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString("utf8");
  const body = kept?.get(text) ?? (await bodyOf(text));
  if (kept && kept.size < MOST_KEPT) kept.set(text, body);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function bodyOf(text: string): Promise<string> {
  const { query, variables } = JSON.parse(text) as { readonly query: string; readonly variables: never };
  const name = query.slice(query.indexOf(" ") + 1, query.indexOf("("));
  const make = answers[name];
  if (!make) throw new Error(`The floor has no operation ${name}.`);
  return JSON.stringify({ data: await make(variables) });
}
