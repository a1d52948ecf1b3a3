/** The oldest Node that the gateway is tested with. */
const OLDEST_NODE_MAJOR = 24;

/**
 * Ends the process where Node is too old. It is to be called before anything else is imported: what comes with an older Node does not
 * even have what the rest is loaded with.
 */
export function exitOnOldNode(): void {
  const [major] = process.versions.node.split(".");
  if (Number(major) >= OLDEST_NODE_MAJOR) return;
  process.stderr.write(`Node ${OLDEST_NODE_MAJOR} or later is needed, not ${process.version}.\n`);
  process.exit(1);
}
