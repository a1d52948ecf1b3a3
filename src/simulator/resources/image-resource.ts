import type { SeedImage } from "../account/seed-account.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { DEFAULT_CREATED, isoDateTime, type Resource, urlOf } from "./document.js";

/** Filters and the order look at the same values that an answer shows. */
export function imageAttributes({ id, ...image }: SeedImage) {
  const { name = `Image ${id}`, format = "png", sizeBytes = 10_000, hidden = false } = image;
  return {
    name,
    image_url: image.url ?? `https://images.example.com/${encodeURIComponent(id)}.${format}`,
    format,
    size: sizeBytes,
    hidden,
    updated_at: isoDateTime(image.updatedAt ?? DEFAULT_CREATED),
  };
}

export function imageResource(image: SeedImage, call: Call): Resource {
  return {
    type: "image",
    id: image.id,
    attributes: sparse(imageAttributes(image), listOf(call.query, "fields[image]")),
    links: { self: urlOf(call, "images", image.id) },
  };
}
