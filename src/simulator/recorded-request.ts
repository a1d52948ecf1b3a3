/** A request as it crossed the wire: nothing is decoded, so that a test can see how the client spelled it. */
export interface RecordedRequest {
  readonly method: string;
  /** Raw and undecoded, without the query. */
  readonly path: string;
  /** Raw, without the "?". */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly atMs: number;
}
