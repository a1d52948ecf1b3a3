import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

/** What is loaded only where it is configured, or by parts of libraries that the gateway does not use, and what has to be there once. */
const LEFT_OUT = ["@redis/client", "jose", "libphonenumber-js", "reflect-metadata", "validator"];

/** Apollo takes the lack of `module.require`, which one file has no use for, for the lack of Node's hashes, and then makes them in JavaScript. */
const NODES_OWN_HASHES: Plugin = {
  name: "Node's own hashes",
  setup: ({ onLoad }) => {
    onLoad({ filter: /utils\.createhash.dist.index\.js$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      if (!code.includes(" && module.require"))
        throw new Error(`${path} is not what it was: see whether it still has to be changed.`);
      return { contents: code.replace(" && module.require", "") };
    });
  },
};

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
    external: LEFT_OUT,
    plugins: [NODES_OWN_HASHES],
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
