import { posix } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type EnumTypeDefinitionNode, Kind, parse } from "graphql";
import { SETTINGS } from "../../src/config/settings.js";
import type { Setting } from "../../src/config/setting.js";
import { ERROR_CODES } from "../../src/server/error-codes.js";
import { anchorsIn, codeSpansIn, linksIn, tablesIn } from "./markdown.js";
import { exists, filesLike, read, readPackage } from "./repository.js";

const README = "README.md";
const CONTRIBUTING = "CONTRIBUTING.md";
/** A changelog is about what was, so it may name what is gone. */
const pages = filesLike("**/*.md").filter((page) => page !== "CHANGELOG.md");
const settings = Object.entries<Setting<unknown>>(SETTINGS);

describe("npm scripts", () => {
  const scripts = Object.keys(readPackage().scripts);

  test("are all named in the README or in CONTRIBUTING", () => {
    const named = [README, CONTRIBUTING].flatMap((page) => scriptsNamedIn(read(page)));
    expect(scripts.filter((script) => !named.includes(script))).toEqual([]);
  });

  test("exist where a page, a file or a message names them", () => {
    const places = [...pages, ...filesLike("src/**/*.ts"), "Dockerfile", ".env.example"];
    const gone = places.flatMap((place) =>
      scriptsNamedIn(read(place))
        .filter((script) => !scripts.includes(script))
        .map((script) => `${place}: npm run ${script}`),
    );
    expect(gone).toEqual([]);
  });
});

describe("links and paths", () => {
  test("lead from page to page, and to headings that are there", () => {
    const broken = pages.flatMap((page) =>
      linksIn(read(page))
        .filter((link) => !/^[a-z][a-z+.-]*:/i.test(link) && !leadsSomewhere(page, link))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test("name files and folders that are there", () => {
    const gone = pages.flatMap((page) =>
      codeSpansIn(read(page))
        .filter((span) => REPOSITORY_PATH.test(span) && !isThere(span))
        .map((span) => `${page}: ${span}`),
    );
    expect(gone).toEqual([]);
  });
});

describe("variables", () => {
  test("stand in docs/configuration.md, each with its defaults and its description", () => {
    const rows = tablesIn(read("docs/configuration.md"))
      .filter(({ header }) => header[0] === "Variable")
      .flatMap(({ rows: all }) => all);
    const expected = settings.map(([name, setting]) => [`\`${name}\``, defaultsOf(setting), setting.description]);
    expect(sorted(rows)).toEqual(sorted(expected));
  });

  test("stand in .env.example, each with its defaults and its description", () => {
    const blocks = read(".env.example")
      .trim()
      .split(/\n{2,}/)
      .filter((block) => /^#?[A-Z_]+=/m.test(block));
    expect(blocks).toEqual(settings.map(([name, setting]) => exampleOf(name, setting)));
  });

  test("and codes that a page names are known to the gateway", () => {
    const known = new Set([...Object.keys(SETTINGS), ...Object.keys(ERROR_CODES), ...enumValues(), ...namesInCode()]);
    const unknown = pages.flatMap((page) =>
      [...read(page).matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)]
        .filter(([name]) => !known.has(name))
        .map(([name]) => `${page}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe("docs/errors.md", () => {
  test("has every code of an error, with its meaning and its extensions", () => {
    const expected = Object.entries(ERROR_CODES).map(([code, { meaning, extensions }]) => {
      const names = extensions.map((name) => `\`${name}\``).join(", ");
      return [`\`${code}\``, meaning, names || "none"];
    });
    expect(rowsUnder("Code", 3)).toEqual(expected);
  });

  test("has every outcome of a cancel, in the schema's words", () => {
    expect(rowsUnder("Outcome", 2)).toEqual(describedValues("CancelCampaignSendOutcome"));
  });

  test("has every problem of a cancel, in the schema's words", () => {
    expect(rowsUnder("Problem", 2)).toEqual(describedValues("CancelCampaignSendProblemCode"));
  });
});

/** What `npm run x` names, and `npm start` and `npm test`, which need no `run`. */
function scriptsNamedIn(text: string): readonly string[] {
  const run = [...text.matchAll(/\bnpm run (?:-\S+ )*([a-z][\w:-]*)/g)].flatMap((match) => match[1] ?? []);
  const short = [...text.matchAll(/\bnpm (start|test)\b/g)].flatMap((match) => match[1] ?? []);
  return [...run, ...short];
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : posix.join(posix.dirname(page), decodeURI(path));
  if (!exists(target)) return false;
  return anchor === undefined || !target.endsWith(".md") || anchorsIn(read(target)).includes(anchor);
}

const REPOSITORY_PATH = /^(?:src|test|docs|schema|bench|\.ci)\/\S*$/;

/** `<name>` stands for any name, as `*` does. */
function isThere(path: string): boolean {
  return filesLike(path.replaceAll(/<[^>]+>/g, "*").replace(/\/$/, "")).length > 0;
}

function defaultsOf({ default: usual, developmentDefault }: Setting<unknown>): string {
  const development = developmentDefault === undefined ? "" : `, in development \`${developmentDefault}\``;
  return `${usual === "" ? "none" : `\`${usual}\``}${development}`;
}

/** Commented out, with its default. */
function exampleOf(name: string, { default: usual, developmentDefault, description }: Setting<unknown>): string {
  const development = developmentDefault === undefined ? [] : [`# In development: ${developmentDefault}`];
  return [`# ${description}`, ...development, `#${name}=${usual}`].join("\n");
}

function sorted(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.toSorted(([a = ""], [b = ""]) => a.localeCompare(b));
}

/** The first cells of the rows of the tables that begin with the given header. */
function rowsUnder(header: string, width: number): readonly (readonly string[])[] {
  return tablesIn(read("docs/errors.md"))
    .filter((table) => table.header[0] === header)
    .flatMap(({ rows }) => rows.map((row) => row.slice(0, width)));
}

function enums(): readonly EnumTypeDefinitionNode[] {
  return parse(read("schema/subgraph.graphql")).definitions.filter((node) => node.kind === Kind.ENUM_TYPE_DEFINITION);
}

function enumValues(): readonly string[] {
  return enums().flatMap(({ values }) => values?.map(({ name }) => name.value) ?? []);
}

function describedValues(enumName: string): readonly (readonly string[])[] {
  const found = enums().find(({ name }) => name.value === enumName);
  return (found?.values ?? []).map(({ name, description }) => [`\`${name.value}\``, description?.value ?? ""]);
}

/** Constants that the gateway exports, and variables that tests, benchmarks and the simulator read. */
function namesInCode(): readonly string[] {
  return filesLike("{src,test,bench,.ci}/**/*.{ts,js,mjs}").flatMap((file) =>
    [...read(file).matchAll(/\bexport const ([A-Z][A-Z0-9_]*)\b|\benv(?:\.|\[")([A-Z][A-Z0-9_]*)\b/g)].flatMap(
      ([, constant, variable]) => constant ?? variable ?? [],
    ),
  );
}
