import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { createLoader, type ResourceLoader } from "../klaviyo/resource-loader.js";
import { Image } from "./image.type.js";
import { readListed } from "./read-listed.js";
import { Template } from "./template.type.js";

/** What the content feature needs of a request. */
export interface ContentContext {
  readonly templates: ResourceLoader<Template>;
  readonly images: ResourceLoader<Image>;
}

// Two templates that may be unlisted copies would cost three calls by list and fallback, and cost two one by one.
const TEMPLATES = { one: OPERATIONS.getTemplate, all: OPERATIONS.getTemplates, pageSize: 10, few: 2 };
const IMAGES = { one: OPERATIONS.getImage, all: OPERATIONS.getImages, pageSize: 100, few: 1 };

export function createContentContext(client: KlaviyoClient, limits: () => ReadLimits): ContentContext {
  return {
    templates: createLoader((resource) => new Template(resource), readListed(client, TEMPLATES, limits)),
    images: createLoader((resource) => new Image(resource), readListed(client, IMAGES, limits)),
  };
}
