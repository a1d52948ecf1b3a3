/** How many clients may be connected, and what a request may have of headers, and of time to arrive. */
export interface HttpLimits {
  readonly connectionsLimit: number;
  readonly headersLimitBytes: number;
  readonly headersLimit: number;
  /** From the first byte of a request to the end of its headers, and to its own end. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How long an idle connection is kept. */
  readonly keepAliveTimeoutMs: number;
}
