import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { FAULT_KINDS } from "../../src/simulator/faults/fault.js";
import { ROUTES } from "../../src/simulator/routes.js";

const document = readFileSync("docs/simulator.md", "utf8");
const SOURCE = join("src", "simulator");

function numbersIn(text: string, pattern: RegExp): readonly number[] {
  const numbers = [...text.matchAll(pattern)].map((match) => Number(match[1]));
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

function source(): string {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  return files.map((name) => readFileSync(join(SOURCE, name), "utf8")).join("\n");
}

describe("docs/simulator.md", () => {
  const listed = numbersIn(document, /^- \*\*A(\d+)\*\*/gm);

  test("numbers the assumptions from one on, without a gap", () => {
    expect(listed).toEqual(listed.map((_, index) => index + 1));
    expect(listed.length).toBeGreaterThan(20);
  });

  test("lists exactly the assumptions that the code names", () => {
    expect(numbersIn(source(), /\bA(\d+)\b/g)).toEqual(listed);
  });

  test("names every fault and every operation, and none that is gone", () => {
    const faults = [...document.matchAll(/^\| `([a-z-]+)` /gm)].map((match) => match[1]);
    expect(faults.toSorted()).toEqual([...FAULT_KINDS].toSorted());
    const operations = [...document.matchAll(/^- `(GET|POST|PATCH|DELETE) (\/api[^`]*)`/gm)];
    expect(operations.map(([, method, path]) => `${method} ${path}`).toSorted()).toEqual(
      ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });
});
