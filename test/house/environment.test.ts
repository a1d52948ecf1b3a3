import { expect, test } from "@jest/globals";
import { filesLike, read } from "./repository.js";

const ENTRY_POINTS = ["src/demo.ts", "src/main.ts", "src/simulator/main.ts"];

/** By its name, by destructuring, and by the module that exports it. */
const READS_ENVIRONMENT = /\bprocess\??\s*\.\s*env\b|\bprocess\s*\[|\}\s*=\s*process\b|["'](?:node:)?process["']/;

test("the environment is read in the entry points alone", () => {
  const readers = filesLike("src/**/*.ts").filter((file) => READS_ENVIRONMENT.test(read(file)));
  expect(readers).toEqual(ENTRY_POINTS);
});

test.each([
  "process.env.PORT",
  "process.env",
  'process["env"]',
  "const { env } = process;",
  'import env from "node:process";',
])("reading the environment by `%s` would be noticed", (source) => expect(source).toMatch(READS_ENVIRONMENT));
