import { join } from "node:path";
import { runFile } from "./kept-code.js";
import { createSimulator } from "./simulator/simulator.js";

const CAMPAIGN_ID = "01JREHEARSAL0000000000000A";

/** What is asked first of a gateway, and should not have to wait for a compiler. */
const QUERIES = [
  `{ campaign(id: "${CAMPAIGN_ID}") { id name status } }`,
  "{ campaigns(channel: EMAIL) { nodes { id name status messages { id } tags { id name } } pageInfo { hasNextPage } } }",
  `mutation { cancelCampaignSend(id: "${CAMPAIGN_ID}", revision: "2026-07-15", action: CANCEL) {
    outcome status campaign { name statusText } problem { code message }
  } }`,
];

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
  for (const query of QUERIES) await ask(url, query);
  keepCode();
  process.kill(process.pid, "SIGTERM");
}

async function ask(url: string, query: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new Error(`${query}\n${text}`);
}
