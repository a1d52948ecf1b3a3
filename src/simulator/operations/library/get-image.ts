import { singleAnswer } from "../../resources/document.js";
import { imageResource } from "../../resources/image-resource.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { found } from "../found.js";

export const getImage: Route = {
  operation: "get_image",
  method: "GET",
  path: "/api/images/{id}",
  since: "2023-02-22",
  scopes: ["images:read"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[image]": FIELDSETS.image },
  handle: (call) => {
    const image = found(call.account.images.get(call.id), "image", call.id);
    return singleAnswer(call, 200, imageResource(image, call));
  },
};
