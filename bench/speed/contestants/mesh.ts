import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { OPENAPI_DOCUMENT } from "./openapi-document.ts";

// An entry point: Hive Gateway over what GraphQL Mesh makes of Klaviyo's OpenAPI document. It becomes the gateway itself, so that its
// time is this process' time.
const root = join(import.meta.dirname, "../../..");
const modules = join(root, "bench/node_modules");
const supergraph = join(root, "bench/results/mesh-supergraph.graphql");
const config = join(import.meta.dirname, "mesh.config.ts");
execFileSync(process.execPath, [join(modules, ".bin/mesh-compose"), "-c", config, "-o", supergraph], {
  env: { ...process.env, OPENAPI_DOCUMENT: join(root, OPENAPI_DOCUMENT) },
  stdio: ["ignore", "ignore", "inherit"],
});
const program = join(modules, "@graphql-hive/gateway/dist/bin.js");
const port = String(await freePort());
process.argv = [process.execPath, program, "supergraph", supergraph, "--host", "127.0.0.1", "--port", port];
process.argv.push("--fork", "1");
await import(pathToFileURL(program).href);

/** It cannot be asked for any port that is free and say which it got. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}
