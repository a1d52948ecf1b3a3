/** What every answer says, also to what is not HTTP. A page, which needs scripts, says something else about its content itself. */
export const EVERY_ANSWER = [
  // A status in a cache is a status that is no longer true; and an error would outlive its cause.
  ["cache-control", "no-store"],
  ["x-content-type-options", "nosniff"],
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cross-origin-resource-policy", "same-origin"],
  ["referrer-policy", "no-referrer"],
] as const;
