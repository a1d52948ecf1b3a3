import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runFile } from "./kept-code.js";
import { exitOnOldNode } from "./supported-node.js";

const FLAGS = [
  // V8 is not to conclude from a start, all of which lives on, that what requests make will live as long: see docs/adr/0038.
  "--no-allocation-site-pretenuring",
  // Nor to tidy up after some quiet seconds, as for a tab in the background: whoever comes next would pay for it. See docs/adr/0042.
  "--memory-reducer-gc-count=0",
  // Nor to mark all that is old, of which there is little, for every few megabytes that are new among it: see docs/adr/0043.
  "--heap-growing-percent=200",
];

exitOnOldNode();
const { configOrExit, startApp } = runFile<typeof import("./start.js")>(join(__dirname, "start.js"), require).exports;
const started = startApp(configOrExit(process.env));
// V8 is told about its collector once the gateway listens, since it takes no code that was kept under other flags, neither ours nor
// Node's of its own modules.
void started.then(() => FLAGS.forEach((flag) => setFlagsFromString(flag)));
