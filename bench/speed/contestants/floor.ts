import type { IncomingMessage, ServerResponse } from "node:http";
import { answers } from "./floor-answers.ts";
import { listen } from "./listen.ts";

// An entry point: the floor. What a good programmer would write by hand for just these operations, with no GraphQL at all: it goes
// by the operation's name, checks nothing, and makes the same JSON.
listen((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => void answer(chunks, response));
});

async function answer(chunks: readonly Buffer[], response: ServerResponse<IncomingMessage>): Promise<void> {
  const text = (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString("utf8");
  const { query, variables } = JSON.parse(text) as { readonly query: string; readonly variables: never };
  const name = query.slice(query.indexOf(" ") + 1, query.indexOf("("));
  const make = answers[name];
  if (!make) throw new Error(`The floor has no operation ${name}.`);
  const body = JSON.stringify({ data: await make(variables) });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}
