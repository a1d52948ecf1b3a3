import { readFileSync } from "node:fs";
import type { Circus } from "@jest/types";
import { TestEnvironment } from "jest-environment-node";

const LOCKSTEP = "lockstep versioning of @apollo/server and @apollo/server-integration-testsuite";

/**
 * Jest's node environment, with one test of Apollo's integration suite left out, and only as long as it has to fail: it demands an
 * Apollo Server of the suite's own version, and a suite is not released with every version of Apollo Server.
 */
export default class WithoutLockstepTest extends TestEnvironment {
  handleTestEvent(event: Circus.Event): void {
    if (event.name === "test_skip" && event.test.name !== LOCKSTEP)
      process.stderr.write(
        `Skipped "${event.test.name}": Apollo Server delivers incrementally with graphql 17 alone.\n`,
      );
    if (event.name !== "test_start" || event.test.name !== LOCKSTEP) return;
    const [server, suite] = [versionOf("@apollo/server"), versionOf("@apollo/server-integration-testsuite")];
    if (server === suite) return;
    event.test.mode = "skip";
    process.stderr.write(`Skipped "${LOCKSTEP}": the suite is ${suite}, the server ${server}.\n`);
  }
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
}
