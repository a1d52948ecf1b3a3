import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runFile } from "./kept-code.js";
import { exitOnOldNode } from "./supported-node.js";

exitOnOldNode();
const { configOrExit, startApp } = runFile<typeof import("./start.js")>(join(__dirname, "start.js"), require).exports;
const started = startApp(configOrExit(process.env));
// V8 is not to conclude from a start, all of which lives on, that what requests make will live as long: see docs/adr/0038. It is told
// so late because it takes no code that was kept under other flags, neither ours nor Node's of its own modules.
void started.then(() => setFlagsFromString("--no-allocation-site-pretenuring"));
