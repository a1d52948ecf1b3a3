/**
 * Runs it once, when the signal aborts. Not when it has aborted already.
 * @returns what to call when nobody listens any more
 */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (!signal) return NOTHING;
  // A function, not an object with `handleEvent`: see docs/adr/0038-closures-of-old-objects.md.
  signal.addEventListener("abort", run, { once: true });
  return () => signal.removeEventListener("abort", run);
}

const NOTHING = () => {};
