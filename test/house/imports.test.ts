import { describe, expect, test } from "@jest/globals";
import { filesLike, read } from "./repository.js";
import { readSourceImports, type SourceImport, specifiersIn } from "./source-imports.js";

/**
 * The parts of src/ from the inside out: folders, and the files that stand next to them. A part may import those on the lines
 * above its own; parts on one line do not know each other. A new folder needs its place here.
 */
const RINGS: readonly (readonly string[])[] = [
  ["resilience", "access", "json"],
  ["klaviyo", "files"],
  ["selection", "input"],
  ["campaigns", "content"],
  ["send-jobs", "messages", "tags", "audiences", "estimations", "metrics", "statistics"],
  ["editing", "compiled"],
  ["graph", "auth", "audit"],
  ["server"],
  ["composition"],
  ["app"],
  ["start"],
  ["main", "demo", "rehearsal"],
];

/** Parts beside the rings: what they import of src/, and who imports them. */
const BESIDE: Readonly<
  Record<string, { readonly imports: readonly string[]; readonly importedBy: readonly string[] }>
> = {
  config: { imports: ["json", "klaviyo"], importedBy: ["composition", "app", "start"] },
  sharing: { imports: ["resilience", "json", "klaviyo", "statistics"], importedBy: ["composition"] },
  simulator: { imports: [], importedBy: ["demo", "rehearsal"] },
  bundle: { imports: [], importedBy: [] },
  "kept-code": { imports: [], importedBy: ["main", "rehearsal"] },
  "supported-node": { imports: [], importedBy: ["main", "demo"] },
};

const FEATURES = [
  "campaigns",
  "content",
  "send-jobs",
  "messages",
  "tags",
  "audiences",
  "estimations",
  "metrics",
  "statistics",
  "editing",
];

/** The layers of a feature from the inside out, by file suffix. A file without one is of the layer of what it imports. */
const LAYERS: readonly (readonly string[])[] = [
  ["enum", "type", "args", "input", "payload"],
  ["mapper"],
  ["loader"],
  ["service"],
  ["resolver"],
];

const imports = readSourceImports();
const files = filesLike("src/**/*.ts");

/** `src/klaviyo/filter.ts` is of the part `klaviyo`, `src/app.ts` of `app`. */
function partOf(file: string): string {
  return file.split("/")[1]?.replace(/\.ts$/, "") ?? "";
}

function mayImport(importer: string, imported: string): boolean {
  if (importer === imported) return true;
  if (BESIDE[importer]) return BESIDE[importer].imports.includes(imported);
  if (BESIDE[imported]) return BESIDE[imported].importedBy.includes(importer);
  return ringOf(imported) < ringOf(importer);
}

function ringOf(part: string): number {
  return RINGS.findIndex((ring) => ring.includes(part));
}

function layerOf(file: string): number {
  const suffix = /\.(\w+)\.ts$/.exec(file)?.[1] ?? "";
  return FEATURES.includes(partOf(file)) ? LAYERS.findIndex((layer) => layer.includes(suffix)) : -1;
}

const shown = ({ from, to }: SourceImport) => `${from} -> ${to}`;

describe("imports", () => {
  test("run one way between the parts", () => {
    expect(imports.filter(({ from, to }) => !mayImport(partOf(from), partOf(to))).map(shown)).toEqual([]);
  });

  test("have a place in the table for every part, and a part for every place", () => {
    const places = [...RINGS.flat(), ...Object.keys(BESIDE)];
    expect(places.toSorted()).toEqual([...new Set(files.map(partOf))].toSorted());
  });

  test("run one way between the layers of a feature, also by way of files without a layer", () => {
    const layered = files.filter((file) => layerOf(file) >= 0);
    const upward = layered.flatMap((from) =>
      layeredFilesBelow(from)
        .filter((to) => layerOf(to) > layerOf(from))
        .map((to) => shown({ from, to })),
    );
    expect(layered.length).toBeGreaterThan(0);
    expect(upward).toEqual([]);
  });

  test("never lead back to the file they started from", () => {
    const circular = files.filter((file) => reachableFrom(file, () => true).includes(file));
    expect(circular).toEqual([]);
  });

  test.each(["class-validator", "prom-client", "undici", "@redis/client"])(
    "never load the whole of %s at every start",
    (library) => {
      const load = new RegExp(`^(?:import|export) (?!type\\b)[^;]*?from "${library}";`, "m");
      expect(files.filter((file) => load.test(read(file)))).toEqual([]);
    },
  );

  test("are seen by the scanner in every form", () => {
    const source = `
      import "./a.js";
      import { b } from "./b.js";
      import type { C } from './c.js';
      import {
        d,
        type D,
      } from "./d.js";
      export * from "./e.js";
      export { f } from "./f.js";
      const g = await import("./g.js");
      const h = require("./h.js");
    `;
    expect(specifiersIn(source).toSorted()).toEqual(
      ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => `./${name}.js`),
    );
  });
});

describe("files", () => {
  test("are not barrels", () => {
    expect(filesLike("{src,test,bench}/**/index.{ts,js}")).toEqual([]);
  });

  test("stand in folders that say what they are about", () => {
    const vague = /\/(?:utils?|common|helpers?|types|shared|misc)\//;
    expect(filesLike("{src,test,bench}/**/*").filter((file) => vague.test(`${file}/`))).toEqual([]);
  });
});

/** The files with a layer that a file reaches, through files of features that have none. */
function layeredFilesBelow(file: string): readonly string[] {
  const isPassage = (to: string) => FEATURES.includes(partOf(to)) && layerOf(to) < 0;
  return reachableFrom(file, isPassage).filter((to) => layerOf(to) >= 0);
}

/** All files that imports lead to, going on from those that `isPassage` lets through. */
function reachableFrom(file: string, isPassage: (file: string) => boolean): readonly string[] {
  const reached = new Set<string>();
  const waiting = [file];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const to of importsOf(from)) {
      if (!reached.has(to) && isPassage(to)) waiting.push(to);
      reached.add(to);
    }
  }
  return [...reached];
}

function importsOf(file: string): readonly string[] {
  return imports.filter(({ from }) => from === file).map(({ to }) => to);
}
