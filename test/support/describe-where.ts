import { describe } from "@jest/globals";

/**
 * Tests of what is not everywhere. Where it is missing they are skipped, by name and with the reason.
 * @param isThere whether they can be run here
 * @param reason what is missing, as a sentence
 */
export function describeWhere(isThere: boolean, reason: string, name: string, tests: () => void): void {
  if (isThere) return describe(name, tests);
  console.warn(`Skipped: "${name}". ${reason}`);
  describe.skip(name, tests);
}
