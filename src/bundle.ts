import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type OnEndResult, type Plugin, type PluginBuild } from "esbuild";

/** What is loaded only by parts of libraries that the gateway does not use, or by the first request that asks for a trace. */
const LEFT_OUT = ["@apollo/usage-reporting-protobuf", "libphonenumber-js", "lodash.sortby", "sha.js", "validator"];

/** Programs for WebAssembly: for the first call one of four is read. */
const PARSERS: Plugin = {
  name: "undici's parsers",
  setup: ({ onResolve, onEnd }) => {
    const found = new Set<string>();
    onResolve({ filter: /^\.\.\/(llhttp|milo)\/(.+-wasm|simd|no-simd)\.js$/ }, ({ path }) => {
      found.add(path);
      return { path: path.replace("..", "undici/lib"), external: true };
    });
    onEnd(() => faultUnless(found.size === 4, "undici has other parsers than four"));
  },
};

/** What is changed of libraries' files on their way into the one file, since it would make each start longer for nothing. */
const CHANGES: readonly Plugin[] = [
  // Apollo takes the lack of `module.require`, which one file has no use for, for the lack of Node's hashes, and makes them in JavaScript.
  changed(/utils\.createhash.dist.index\.js$/, (code) => code.replace(" && module.require", "")),
  // What makes a schema of SDL, where none is given; and the whole schema as SDL, by whose hash documents are told from another schema's.
  changed(/@apollo.server.dist.cjs.ApolloServer\.js$/, without("@graphql-tools/schema"), (code) =>
    code.replace(/\$\{[^}]+\(0, graphql_1\.printSchema\)\(schema\)\)\}/, ""),
  ),
  changed(/@graphql-tools.utils.cjs.index\.js$/, () => exportsOf("./print-schema-with-directives.js")),
  // Whoever runs the modules, such as the tests, validates the schema that the same classes make here.
  changed(/@apollo.subgraph.dist.buildSubgraphSchema\.js$/, (code) =>
    code.replace("(subgraph.document)", "(subgraph.document, { assumeValid: true })"),
  ),
  // All of some eighty scalars. A graph with others than these fails when it is built.
  changed(/graphql-scalars.cjs.index\.js$/, () =>
    ["Date", "DateTime"].map((name) => exportsOf(`./scalars/iso-date/${name}.js`)).join("\n"),
  ),
  // Whether GraphQL's version is a right one: the lock file says which it is.
  changed(
    /type-graphql.build.cjs.utils.graphql-version\.js$/,
    () => "exports.ensureInstalledCorrectGraphQLPackage = () => {};",
  ),
  // What a resolver's arguments are checked with where nobody says with what.
  changed(/type-graphql.build.cjs.resolvers.validate-arg\.js$/, without("class-validator")),
  // Each field's resolver is looked for among all, of which as many are filtered anew each time.
  changed(
    /type-graphql.build.cjs.schema.schema-generator\.js$/,
    (code) =>
      code.replace("Metadata = fieldResolvers.filter(", "Metadata = resolvers.ofFields ??= fieldResolvers.filter("),
    (code) =>
      code.replace(
        "it.getObjectType() === field.target && it.methodName === field.name",
        "it.methodName === field.name && it.getObjectType() === field.target",
      ),
  ),
  // Traces beside metrics, which ours have not.
  changed(/prom-client.lib.metrics.processCpuTotal\.js$/, without("@opentelemetry/api")),
  // HTTP/2, and Node's own of it, where no connection speaks it.
  changed(/undici.lib.dispatcher.client\.js$/, (code) =>
    code.replace(/(?<=connectH2 = )require\(.+\)/, (client) => `(...args) => ${client}(...args)`),
  ),
];

function without(library: string): (code: string) => string {
  return (code) => code.replace(`require("${library}")`, "{}").replace(`require('${library}')`, "{}");
}

function exportsOf(file: string): string {
  return `Object.assign(exports, require(${JSON.stringify(file)}));`;
}

/** Ends the build where one of the changes finds nothing to be changed any more. */
function changed(filter: RegExp, ...changes: readonly ((code: string) => string)[]): Plugin {
  const setup = ({ onLoad, onEnd }: PluginBuild) => {
    const effective = new Set<number>();
    onLoad({ filter }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const [index, change] of changes.entries()) {
        const before = contents;
        contents = change(before);
        if (contents !== before) effective.add(index);
      }
      return { contents };
    });
    onEnd(() => faultUnless(effective.size === changes.length, `No file that is ${filter} is what it was`));
  };
  return { name: String(filter), setup };
}

function faultUnless(holds: boolean, fault: string): OnEndResult {
  return holds ? {} : { errors: [{ text: `${fault}: see src/bundle.ts.` }] };
}

/** So that a place in a stack is one that can be found, without the map as well. */
const LONGEST_LINE = 120;

// A step of `npm run build`: from `start.js` and all that it loads, one file in its place. See docs/adr/0040.
bundle(join(__dirname, "start.js")).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

async function bundle(file: string): Promise<void> {
  await build({
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    target: "node24",
    // What is run with code that was kept has no `import()`: `require` stands in its place.
    supported: { "dynamic-import": false },
    external: LEFT_OUT,
    plugins: [PARSERS, ...CHANGES],
    minifyWhitespace: true,
    lineLimit: LONGEST_LINE,
    sourcemap: true,
    legalComments: "external",
  });
  await writeFile(file, inAscii(await readFile(file, "utf8")));
}

/** A text with a single character beyond Latin-1 takes two bytes for each of them all. esbuild sees to it, but for regular expressions. */
function inAscii(code: string): string {
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
