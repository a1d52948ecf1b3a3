import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** What is loaded only where it is configured, or by parts of libraries that the gateway does not use, and what has to be there once. */
const LEFT_OUT = ["@redis/client", "jose", "libphonenumber-js", "reflect-metadata", "validator"];

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
    sourcemap: true,
    legalComments: "external",
  });
  await writeFile(file, inAscii(await readFile(file, "utf8")));
}

/** A text with a single character beyond Latin-1 takes two bytes for each of them all. esbuild sees to it, but for regular expressions. */
function inAscii(code: string): string {
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
