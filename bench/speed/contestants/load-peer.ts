/**
 * A package of bench/package.json, typed by who uses it: these are installed when a benchmark is run, and `npm run types` has to do
 * without them.
 */
export async function loadPeer<TModule>(name: string): Promise<TModule> {
  return (await import(name)) as TModule;
}
