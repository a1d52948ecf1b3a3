const LONGEST_MS = 24 * 60 * 60 * 1000;
const THROTTLED_DETAIL = /Expected available in (\d{1,9}(?:\.\d+)?) seconds?/;

export interface RetryAfterSources {
  /** The `Retry-After` header: whole seconds from Klaviyo; an HTTP date from proxies in front of it. */
  readonly header: string | undefined;
  /** The answer's own `Date` header: a date is measured against it, so that our clock's error does not matter. */
  readonly dateHeader: string | undefined;
  /** `errors[0].detail`. Klaviyo has sent 429 with no header; the number is then in this text. */
  readonly detail: string | undefined;
  /** Used when the answer has no `Date`. Milliseconds since 1970. */
  readonly wallMs: number;
}

/** How long Klaviyo asks us to wait, in milliseconds (0 to a day), or undefined when it does not say or says nonsense. */
export function parseRetryAfterMs(sources: RetryAfterSources): number | undefined {
  return fromHeader(sources) ?? fromDetail(sources.detail);
}

function fromHeader({ header, dateHeader, wallMs }: RetryAfterSources): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return bounded(Number(value) * 1000);
  // Date.parse reads a bare or signed number as a year; those are nonsense here, not dates.
  if (!/^[A-Za-z]{3}/.test(value)) return undefined;
  const at = Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  const sentAt = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
  return bounded(at - (Number.isNaN(sentAt) ? wallMs : sentAt));
}

function fromDetail(detail: string | undefined): number | undefined {
  const seconds = THROTTLED_DETAIL.exec(detail ?? "")?.[1];
  return seconds === undefined ? undefined : bounded(Number(seconds) * 1000);
}

function bounded(ms: number): number {
  return Math.min(LONGEST_MS, Math.max(0, Math.ceil(ms)));
}
