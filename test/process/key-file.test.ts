import { expect, test } from "@jest/globals";
import { createSimulator } from "../../src/simulator/simulator.js";
import { post } from "../support/gateway.js";
import { createKeyFile } from "../support/key-file.js";
import { buildForAll, environment, NOWHERE, startServer } from "./server-process.js";

const OLD = "pk_old_0123456789abcdef";
const NEW = "pk_new_0123456789abcdef";

const built = buildForAll();

test("SIGHUP has the key read again, while the process runs on", async () => {
  await using file = await createKeyFile(OLD);
  const simulator = createSimulator({ campaigns: [{ id: "C", status: "Draft" }] });
  const keys = { KLAVIYO_API_KEY: "", KLAVIYO_API_KEY_FILE: file.path, KLAVIYO_CACHE: "off" };
  await using server = startServer(built, "main.js", environment(await simulator.listen(), keys));
  const url = await server.url();
  const read = () => post(url, { query: `{ campaign(id: "C") { id } }` });
  expect((await read()).status).toBe(200);
  await file.replace("pk_cut");
  server.child.kill("SIGHUP");
  await server.line("key cannot be read; the one before stays in use");
  expect((await read()).status).toBe(200);
  await file.replace(NEW);
  server.child.kill("SIGHUP");
  await server.line("key read again");
  expect((await read()).status).toBe(200);
  server.child.kill("SIGTERM");
  expect(await server.exit).toEqual({ code: 0, signal: null });
  expect(simulator.requests.map(({ headers }) => headers["authorization"])).toEqual(
    [OLD, OLD, NEW].map((key) => `Klaviyo-API-Key ${key}`),
  );
  expect(server.stdout.join("") + server.stderr()).not.toContain("pk_");
  await simulator.close();
});

test("a file without a key ends the start, and is not shown", async () => {
  await using file = await createKeyFile("pk_cut");
  const keys = { KLAVIYO_API_KEY: "", KLAVIYO_API_KEY_FILE: file.path };
  await using server = startServer(built, "main.js", environment(NOWHERE, keys));
  expect(await server.exit).toEqual({ code: 1, signal: null });
  expect(server.stderr()).toMatch(/^The configuration cannot be used:\n {2}- KLAVIYO_API_KEY_FILE holds no key/);
  expect(server.stderr()).not.toContain("pk_cut");
  expect(server.stdout).toEqual([]);
});
