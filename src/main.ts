import * as nodeModule from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { exitOnOldNode } from "./supported-node.js";

exitOnOldNode();
// V8 is not to conclude from a start, all of which lives on, that what requests make will live as long: see docs/adr/0038.
setFlagsFromString("--no-allocation-site-pretenuring");
// What has been compiled is kept for the next start, beside the code and not in a folder for all, where others could put theirs.
// Where that cannot be written, the gateway starts without it. Only what is loaded after this is kept.
nodeModule.enableCompileCache(join(__dirname, ".compile-cache"));
require("reflect-metadata");
// Not `import()`, which would look through the whole of it for its exports first.
const { configOrExit, startApp } = require("./start.js") as typeof import("./start.js");
void startApp(configOrExit(process.env));
