import { ConfigError } from "../../src/config/config.js";

/** The faults that loading a configuration throws; a failure of the test when it throws none. */
export function faultsIn(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  throw new Error("The configuration was accepted.");
}
