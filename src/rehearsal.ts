import { join } from "node:path";
import { runFile } from "./kept-code.js";
import { createSimulator } from "./simulator/simulator.js";

const CAMPAIGN_ID = "01JREHEARSAL0000000000000A";

/** What is asked first of a gateway, and should not have to wait for a compiler; and what has to be in the answer. */
const REQUESTS = [
  [`{ campaign(id: "${CAMPAIGN_ID}") { id name status } }`, '"status":"SENDING"'],
  [
    "{ campaigns(channel: EMAIL) { nodes { id name status messages { id } tags { id name } } pageInfo { hasNextPage } } }",
    CAMPAIGN_ID,
  ],
  [
    `mutation { cancelCampaignSend(id: "${CAMPAIGN_ID}", revision: "2026-07-15", action: CANCEL) {
      outcome status campaign { name statusText } problem { code message }
    } }`,
    '"outcome":"STOPPED"',
  ],
] as const;

const { exports: start, keepCode } = runFile<typeof import("./start.js")>(join(__dirname, "start.js"), require);

// A step of `npm run build`: starts the one file over a simulated Klaviyo, asks, presses the button, and keeps what V8 compiled for it.
rehearse().catch((error: Error) => {
  process.stderr.write(`The rehearsal of a start failed: ${error.stack}\n`);
  process.exit(1);
});

async function rehearse(): Promise<void> {
  const simulator = createSimulator({ campaigns: [{ id: CAMPAIGN_ID, status: "Sending", settleAfterMs: 0 }] });
  const config = start.configOrExit({
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "fatal",
    AUTH: "none",
    ALLOW_UNAUTHENTICATED: "true",
    KLAVIYO_API_KEY: "pk_rehearsal",
    KLAVIYO_BASE_URL: await simulator.listen(),
  });
  const url = await start.startApp(config, () => simulator.close());
  for (const [query, expected] of REQUESTS) await ask(url, query, expected);
  keepCode();
  process.kill(process.pid, "SIGTERM");
}

async function ask(url: string, query: string, expected: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  const text = await response.text();
  if (!text.includes(expected)) throw new Error(`${query} was answered by ${text}, without ${expected}`);
}
