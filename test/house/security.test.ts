import { describe, expect, test } from "@jest/globals";
import { tablesIn } from "./markdown.js";
import { exists, read } from "./repository.js";

const tables = tablesIn(read("docs/security.md"));
const rowsOf = (subject: string) => tables.filter(({ header }) => header[0] === subject).flatMap((table) => table.rows);
const rows = ["Threat", "Check", "Item"].flatMap(rowsOf);

/** What stands before the function of a test, or of a group of tests. */
const TITLE = /\(\s*"((?:[^"\\]|\\.)+)",\s*(?:async\s*)?\(/g;

/** What a row of a table of tests begins with. */
const ROW = /^ {2}\[\s*"((?:[^"\\]|\\.)+)",/gm;

const titlesIn = (file: string, title: RegExp) => [...read(file).matchAll(title)].map((match) => match[1]);

describe("docs/security.md", () => {
  test("names threats, scanners' checks and OWASP's items", () => {
    expect(rowsOf("Threat").length).toBeGreaterThan(10);
    expect(rowsOf("Item").length).toBeGreaterThan(10);
  });

  test("has every check of a scanner that is made", () => {
    expect(rowsOf("Check").map(([check]) => check)).toEqual(titlesIn("test/security/scanners.test.ts", ROW));
  });

  test.each(rows.map(([subject = "", , proof = ""]) => [subject, proof] as const))(
    "%s: the test exists",
    (_subject, proof) => {
      const [, file = "", title = "", row] = /^`([^`]+)`: (.+?)(?: › (.+))?$/.exec(proof) ?? [];
      expect(exists(file)).toBe(true);
      expect(titlesIn(file, TITLE)).toContain(title);
      if (row !== undefined) expect(titlesIn(file, ROW)).toContain(row);
    },
  );
});
