/** Where Klaviyo's OpenAPI document is looked for, from the repository's root: it is not ours to pass on. */
export const OPENAPI_DOCUMENT = "../shared/klaviyo/campaigns.openapi.json";
