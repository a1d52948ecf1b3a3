import { afterAll, expect, test } from "@jest/globals";
import { createSimulator } from "../../src/simulator/simulator.js";
import { post } from "../support/gateway.js";
import { buildForAll, environment, startServer } from "./server-process.js";

const built = buildForAll();

/** The first campaign's fault shows up a moment after the second one's. */
const PAGE = {
  data: [
    { type: "campaign", id: "A", attributes: { name: "A", send_strategy: { method: "immediate" }, audiences: 7 } },
    { type: "campaign", id: "B", attributes: { name: 7 } },
  ],
};

const simulator = createSimulator({ campaigns: [{ id: "C", status: "Draft" }] });
afterAll(() => simulator.close());

test("a page with two misshapen campaigns costs that page, and not the process", async () => {
  const body = JSON.stringify(PAGE);
  simulator.addFault({ match: { path: "/api/campaigns" }, answer: { kind: "status", status: 200, body } });
  await using server = startServer(built, "main.js", environment(await simulator.listen()));
  const url = await server.url();
  const fields = "name sendStrategy { methodText } audiences { includedIds }";
  const page = await post(url, { query: `{ campaigns(channel: EMAIL) { nodes { ${fields} } } }` });
  expect(page.body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_INVALID_RESPONSE" } }]);
  const other = await post(url, { query: `{ campaign(id: "C") { id } }` });
  expect(other.body).toEqual({ data: { campaign: { id: "C" } } });
  expect(server.stderr()).toBe("");
});
