import { ApiError, notFound } from "../http/api-error.js";

/** Every GA revision of the API so far, oldest first; the first two came before the campaign endpoints. */
const GA_REVISIONS = [
  "2022-10-17",
  "2023-01-24",
  "2023-02-22",
  "2023-06-15",
  "2023-07-15",
  "2023-08-15",
  "2023-09-15",
  "2023-10-15",
  "2023-12-15",
  "2024-02-15",
  "2024-05-15",
  "2024-06-15",
  "2024-07-15",
  "2024-10-15",
  "2025-01-15",
  "2025-04-15",
  "2025-07-15",
  "2025-10-15",
  "2026-01-15",
  "2026-04-15",
  "2026-07-15",
] as const;

export type Revision = (typeof GA_REVISIONS)[number];

export interface RevisionRequest {
  readonly header: string | undefined;
  /** Whether the client asked not to be served by a newer revision than it named. */
  readonly isOptedOut: boolean;
  /** The revision in which the endpoint appeared. */
  readonly since: Revision;
  readonly nowMs: number;
  readonly oldestLive: string;
}

/** The revision that serves the request. Dates of this shape compare as strings. */
export function resolveRevision({ header, isOptedOut, since, nowMs, oldestLive }: RevisionRequest): Revision {
  if (header === undefined || header === "") throw invalidRevision("The revision header is required.");
  const [, date, suffix] = /^(\d{4}-\d{2}-\d{2})(\.pre)?$/.exec(header) ?? [];
  if (date === undefined || !isDate(date)) {
    throw invalidRevision(`"${header}" is not a revision: expected YYYY-MM-DD or YYYY-MM-DD.pre.`);
  }
  if (date > isoDay(nowMs)) throw invalidRevision(`${header}: unable to specify a future revision date.`);
  if (suffix !== undefined) throw noValidRevision();
  const named = GA_REVISIONS.find((revision) => revision === date);
  // A3: older documentation speaks of the nearest earlier revision, today's of "a valid revision".
  if (named === undefined) throw invalidRevision(`${header} is not a valid revision.`);
  // A4: an endpoint that the named revision never had does not fall forward.
  if (named < since) throw noValidRevision();
  return named < oldestLive ? fallForward(named, isOptedOut, oldestLive) : named;
}

/** A5: a revision lives two years to the day, counted in UTC. */
export function oldestLiveRevision(nowMs: number): string {
  const today = isoDay(nowMs);
  return GA_REVISIONS.find((revision) => twoYearsAfter(revision) > today) ?? GA_REVISIONS.at(-1) ?? today;
}

function fallForward(named: Revision, isOptedOut: boolean, oldestLive: string): Revision {
  if (isOptedOut) {
    const detail = `Revision ${named} is retired. The oldest supported revision is ${oldestLive}.`;
    throw new ApiError({ status: 410, code: "gone", title: "Gone.", detail });
  }
  return GA_REVISIONS.find((revision) => revision >= oldestLive) ?? named;
}

function invalidRevision(detail: string): ApiError {
  return new ApiError({ status: 400, code: "invalid", title: "Invalid input.", detail });
}

function noValidRevision(): ApiError {
  return notFound("No valid revisions found for method, please check our documentation.");
}

function twoYearsAfter(revision: string): string {
  return `${Number(revision.slice(0, 4)) + 2}${revision.slice(4)}`;
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function isDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && isoDay(ms) === date;
}
