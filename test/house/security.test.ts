import { describe, expect, test } from "@jest/globals";
import { tablesIn } from "./markdown.js";
import { exists, read } from "./repository.js";

const rows = tablesIn(read("docs/security.md"))
  .filter(({ header }) => header[0] === "Threat")
  .flatMap((table) => table.rows);

/** What stands before the function of a test, or of a group of tests. */
const TITLE = /\(\s*"((?:[^"\\]|\\.)+)",\s*(?:async\s*)?\(/g;

describe("docs/security.md", () => {
  test("names threats", () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  test.each(rows.map(([threat = "", , proof = ""]) => [threat, proof] as const))(
    "%s: the test exists",
    (_threat, proof) => {
      const [, file = "", title = ""] = /^`([^`]+)`: (.+)$/.exec(proof) ?? [];
      expect(exists(file)).toBe(true);
      const titles = [...read(file).matchAll(TITLE)].map((match) => match[1]);
      expect(titles).toContain(title);
    },
  );
});
