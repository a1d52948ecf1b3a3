import * as nodeModule from "node:module";
import { join } from "node:path";
import { exitOnOldNode } from "./supported-node.js";

exitOnOldNode();
// What has been compiled is kept for the next start, beside the code and not in a folder for all, where others could put theirs.
// Where that cannot be written, the gateway starts without it. Only what is imported after this is kept.
nodeModule.enableCompileCache(join(__dirname, ".compile-cache"));
void main();

async function main(): Promise<void> {
  await import("reflect-metadata");
  const { configOrExit, startApp } = await import("./start.js");
  await startApp(configOrExit(process.env));
}
