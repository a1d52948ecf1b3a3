import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

/*
 * `npm run fuzz`: the properties that `npm test` has a short look at, for as long as they are given. It runs them in jest, which
 * compiles them and takes a rejection or an exception that nobody handles for a failure.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(randomInt(2 ** 31)) },
    runs: { type: "string", default: "20000" },
    seconds: { type: "string", default: "240" },
  },
});

function whole(name: keyof typeof values, least: number): string {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} must be an integer from ${least}, not "${values[name]}".`);
  return String(value);
}

const env = { FUZZ_SEED: whole("seed", 0), FUZZ_RUNS: whole("runs", 1), FUZZ_SECONDS: whole("seconds", 1) };
console.log(`npm run fuzz -- --seed ${env.FUZZ_SEED} --runs ${env.FUZZ_RUNS} --seconds ${env.FUZZ_SECONDS}`);
const jest = spawn(process.execPath, ["node_modules/jest/bin/jest.js", "--runInBand", "test/fuzz"], {
  stdio: "inherit",
  env: { ...process.env, ...env },
});
jest.on("exit", (code) => (process.exitCode = code ?? 1));
