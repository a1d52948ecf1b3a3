import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { printGatewaySdl } from "./gateway-sdl.js";

// An entry point (`npm run schema`): the file is checked in, and a test holds it against the code.
const PATH = "schema/subgraph.graphql";
writeFileSync(PATH, printGatewaySdl());
process.stdout.write(`${PATH} is up to date.\n`);
