const FAILING_SHARE = 0.3;

/** Faults that together hit three calls in ten: some lose the request and some the answer, some with an answer and some without. */
export function failingShare(): readonly object[] {
  const faults = [
    { answer: { kind: "status", status: 503 } },
    { answer: { kind: "status", status: 500 }, applied: true },
    { answer: { kind: "reset" } },
    { answer: { kind: "reset" }, applied: true },
    { answer: { kind: "html", status: 502 } },
  ];
  // Each is drawn for the requests that those before it left alone.
  const share = 1 - (1 - FAILING_SHARE) ** (1 / faults.length);
  return faults.map((fault) => ({ ...fault, times: "always", share }));
}
