/**
 * What may be sent to Klaviyo as an id. Klaviyo's ids are opaque (ULIDs, six characters, UUIDs, numbers), and all of them fit;
 * dots do not, because `..` survives percent-encoding and changes the path.
 */
const RESOURCE_ID = /^[A-Za-z0-9_-]{1,64}$/;

export function isResourceId(value: string): boolean {
  return RESOURCE_ID.test(value);
}
