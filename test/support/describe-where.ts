import { describe } from "@jest/globals";

/**
 * Tests of what is not everywhere. Where it is missing they are skipped, by name and with the reason.
 * @param isThere whether they can be run here
 * @param reason what is missing, as a sentence
 */
export function describeWhere(isThere: boolean, reason: string, name: string, tests: () => void): void {
  if (isThere) return describe(name, tests);
  // Jest shows nothing that is said by console in a file of which all tests are skipped.
  process.stderr.write(`Skipped: "${name}". ${reason}\n`);
  describe.skip(name, tests);
}
