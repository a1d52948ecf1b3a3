import { exitOnOldNode } from "./supported-node.js";

const CAMPAIGN_ID = "01JDEMOSENDING00000000000A";
const query =
  `mutation { cancelCampaignSend(id: "${CAMPAIGN_ID}", revision: "2026-07-15", action: CANCEL) ` +
  `{ outcome status campaign { name statusText } problem { code message } } }`;

exitOnOldNode();
void main();

/** The gateway as it is, over a simulated Klaviyo in which campaigns are being sent right now. */
async function main(): Promise<void> {
  const { createDemoCampaigns } = await import("./simulator/seeds.js");
  const { createSimulator } = await import("./simulator/simulator.js");
  const { configOrExit, startApp } = await import("./start.js");
  const simulator = createSimulator({ campaigns: createDemoCampaigns() });
  const simulatorUrl = await simulator.listen();
  const config = configOrExit({
    NODE_ENV: "development",
    LOG_LEVEL: "warn",
    ...process.env,
    KLAVIYO_CREDENTIALS: "key",
    KLAVIYO_ACCOUNTS: "",
    KLAVIYO_ACCOUNTS_FILE: "",
    KLAVIYO_OAUTH_CLIENT_ID: "",
    KLAVIYO_OAUTH_CLIENT_SECRET: "",
    KLAVIYO_OAUTH_CLIENT_SECRET_FILE: "",
    KLAVIYO_OAUTH_REFRESH_TOKEN: "",
    KLAVIYO_OAUTH_REFRESH_TOKEN_FILE: "",
    KLAVIYO_API_KEY: "pk_demo",
    KLAVIYO_API_KEY_FILE: "",
    KLAVIYO_BASE_URL: simulatorUrl,
  });
  const url = await startApp(config, () => simulator.close());
  process.stdout.write(`
The gateway is at ${url}/graphql (open it in a browser for Apollo Sandbox).
It talks to a simulated Klaviyo at ${simulatorUrl}, where campaigns are being sent.

See one of them being sent:
  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -d '${JSON.stringify({ query: `{ campaign(id: "${CAMPAIGN_ID}") { name status } }` })}'

Stop it:
  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -d '${JSON.stringify({ query })}'

What it asked of Klaviyo:
  curl -s ${simulatorUrl}/control/requests

Ctrl-C ends it.
`);
}
