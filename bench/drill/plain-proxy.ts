import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import type { GraphqlBody } from "./exchange.ts";

// An entry point: what many a team would write first. It forwards each read and each cancel to Klaviyo as it comes, and waits for
// a cancelled status like the gateway; it has no limits, lanes, cache or second attempts, and what fails is an error.
const klaviyo = new Pool(process.env["KLAVIYO_BASE_URL"] ?? "", { connections: 64, headersTimeout: 4_000 });
const HEADERS = {
  authorization: `Klaviyo-API-Key ${process.env["KLAVIYO_API_KEY"]}`,
  revision: "2026-07-15",
  "content-type": "application/vnd.api+json",
};
const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 500;

type Variables = Readonly<Record<string, string | number>>;

class UpstreamError extends Error {}

async function call(method: "GET" | "PATCH", path: string, body?: object): Promise<Resources> {
  const given = body && { body: JSON.stringify(body) };
  const answer = await klaviyo.request({ method, path, headers: HEADERS, ...given });
  const content = await answer.body.text();
  if (answer.statusCode >= 400)
    throw new UpstreamError(answer.statusCode === 429 ? "RATE_LIMITED" : "UPSTREAM_UNAVAILABLE");
  return content === "" ? { data: [] } : (JSON.parse(content) as Resources);
}

interface Resource {
  readonly id: string;
  readonly attributes: { readonly status: string };
}

interface Resources {
  readonly data: Resource | readonly Resource[];
}

const READS: Readonly<Record<string, (variables: Variables) => Promise<unknown>>> = {
  Page: ({ channel, first, sort }) => {
    const filter = encodeURIComponent(`equals(messages.channel,"${String(channel).toLowerCase()}")`);
    const order = { CREATED_AT_DESC: "-created_at", NAME_ASC: "name", UPDATED_AT_DESC: "-updated_at", ID_ASC: "id" };
    return call("GET", `/api/campaigns?filter=${filter}&page[size]=${first}&sort=${order[sort as keyof typeof order]}`);
  },
  Campaign: ({ id }) => call("GET", `/api/campaigns/${id}?include=campaign-messages,tags`),
  Statuses: ({ a, b, c }) =>
    Promise.all([a, b, c].map((id) => call("GET", `/api/campaigns/${id}?fields[campaign]=status`))),
  Cancel: async ({ id }) => ({ cancelCampaignSend: await cancel(String(id)) }),
};

async function cancel(id: string): Promise<object> {
  const data = { type: "campaign-send-job", id, attributes: { action: "cancel" } };
  await call("PATCH", `/api/campaign-send-jobs/${id}`, { data });
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const { data: found } = await call("GET", `/api/campaigns/${id}?fields[campaign]=status`);
    const statusText = (found as Resource).attributes.status;
    const isStopped = statusText.startsWith("Cancelled");
    if (isStopped || waitedMs >= WAIT_MS)
      return { outcome: isStopped ? "STOPPED" : "ACCEPTED", campaign: { id, statusText }, problem: null };
    await sleep(LOOK_EVERY_MS);
  }
}

async function answer(body: string): Promise<GraphqlBody> {
  const { operationName, variables } = JSON.parse(body) as { operationName: string; variables: Variables };
  try {
    return { data: { ...((await READS[operationName]?.(variables)) as object) } };
  } catch (error) {
    const code = error instanceof UpstreamError ? error.message : "UPSTREAM_UNAVAILABLE";
    return { data: null, errors: [{ message: "Klaviyo did not do it.", extensions: { code } }] };
  }
}

const server = createServer(async (request, response) => {
  const content = JSON.stringify(await answer(await text(request)));
  const requestId = String(request.headers["x-request-id"] ?? "");
  response.writeHead(200, { "content-type": "application/json", "x-request-id": requestId }).end(content);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`listening on http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
process.once("SIGTERM", () => process.exit(0));
