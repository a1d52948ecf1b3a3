import "reflect-metadata";
import { configOrExit, startApp } from "./start.js";

await startApp(configOrExit(process.env));
