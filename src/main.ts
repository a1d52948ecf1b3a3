import * as nodeModule from "node:module";
import { join } from "node:path";
import { exitOnOldNode } from "./supported-node.js";

exitOnOldNode();
// What has been compiled is kept for the next start, beside the code and not in a folder for all, where others could put theirs.
// Where that cannot be written, the gateway starts without it. Only what is loaded after this is kept.
nodeModule.enableCompileCache(join(__dirname, ".compile-cache"));
require("reflect-metadata");
// Not `import()`, which would look through the whole of it for its exports first.
const { configOrExit, startApp } = require("./start.js") as typeof import("./start.js");
void startApp(configOrExit(process.env));
