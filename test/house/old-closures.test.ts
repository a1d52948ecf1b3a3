import { setFlagsFromString } from "node:v8";
import { expect, test } from "@jest/globals";
import { filesLike, read } from "./repository.js";

/** A function literal that is assigned to a property, and a field that begins as one: TypeScript makes the same of both here. */
const ASSIGNED =
  /[\w\])]\.#?\w+\s*(?:\?\?|\|\||&&)?=\s*\(*\s*(?:async\s+)?(?:\([^()]*\)(?::[^=]+)?\s*=>|\w+\s*=>|function\b)/;
const FIELD =
  /^ {2}(?!const |let |return )(?:(?:private|protected|public|override|readonly)\s+)*#?\w+(?::.+)?\s=\s\(*(?:async\s+)?(?:\([^()]*\)(?::[^=]+)?\s*=>|\w+\s*=>|function\b)/;

/** Where there are such, and why it does no harm: none of them is made for a request. */
const RARE: Readonly<Record<string, string>> = {
  "src/audit/audit-log.ts": "one for the process",
  "src/auth/key-set.ts": "one for the process",
  "src/bundle.ts": "one for the process, in what is written into the one file",
  "src/files/watched-file.ts": "one for each file",
  "src/graph/check-together.ts": "one for each mutation of the schema",
  "src/graph/types-by-class.ts": "one for each abstract type",
  "src/klaviyo/oauth-tokens.ts": "one for each account",
  "src/resilience/lane-scheduler.ts": "one for each endpoint of an account",
  "src/resilience/running-work.ts": "one for the process",
  "src/server/metrics.ts": "one for the process",
  "src/sharing/redis-link.ts": "one for the process",
};

const SOURCES = filesLike("src/**/*.ts").filter((path) => !path.startsWith("src/simulator/"));

function assignments(source: string): readonly string[] {
  return source.split("\n").filter((line) => ASSIGNED.test(line) || FIELD.test(line));
}

test("nothing that is made for a request assigns a function literal to a property (ADR 38)", () => {
  const where = SOURCES.filter((path) => assignments(read(path)).length > 0);
  expect(where).toEqual(Object.keys(RARE));
});

test("such assignments are found", () => {
  const found = [
    "    this.onSettled = () => {};",
    "  private onSettled = () => {};",
    "  readonly limits = (): LookLimits => ({",
    "    return (this.take ??= (value) => value);",
    "    field.resolve = function () {",
    "  private readonly done = async (): Promise<void> => {",
  ];
  expect(found.filter((line) => assignments(line).length === 0)).toEqual([]);
  const others = ["  const take = (value) => value;", "    this.tell = resolve;", "  onEnd: (() => void) | undefined;"];
  expect(others.filter((line) => assignments(line).length > 0)).toEqual([]);
});

/** Of V8, which the rule is for: when this fails, the rule has had its day. */
test("V8 makes a function literal that is assigned to a property among the old objects, and no other", () => {
  setFlagsFromString("--allow-natives-syntax");
  const [assigned, handedOn] = new Function(`
    const holder = {};
    const make = (value) => { holder.assigned = () => value; };
    const hand = (value) => { const handed = () => value; holder.handedOn = handed; };
    make({}); hand({});
    return [%InYoungGeneration(holder.assigned), %InYoungGeneration(holder.handedOn)];
  `)() as [boolean, boolean];
  setFlagsFromString("--no-allow-natives-syntax");
  expect({ assigned, handedOn }).toEqual({ assigned: false, handedOn: true });
});
