import type { SeedAccount } from "./seed-account.js";

const DEFAULT_GROUP = "1b7c9a52-4f4d-4b1e-8f6a-2d8c5e7f9a01";
/** A group of which a campaign has one tag at most. */
const SEASON_GROUP = "1b7c9a52-4f4d-4b1e-8f6a-2d8c5e7f9a02";

const SERVICE_TAG = "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d02";

/** A small shop. The ids have Klaviyo's forms, and the first ones are those of its documentation. */
export const DEFAULT_ACCOUNT: Required<SeedAccount> = {
  lists: [
    { id: "Y6nRLr", name: "Newsletter", optInProcess: "double_opt_in", profileCount: 4_200, tagIds: [SERVICE_TAG] },
    { id: "UTd5ui", name: "Do not disturb", optInProcess: "single_opt_in", profileCount: 300 },
    { id: "Xk2PqW", name: "Text message subscribers", optInProcess: "single_opt_in", profileCount: 950 },
  ],
  segments: [
    { id: "VbM7aD", name: "Repeat purchasers", profileCount: 780, isStarred: true },
    { id: "RtW3cE", name: "Opened in the last 30 days", profileCount: 1_650 },
    { id: "SzN9fG", name: "Lapsed customers", profileCount: 2_100, isActive: false },
  ],
  tagGroups: [
    { id: DEFAULT_GROUP, name: "Default Tag Group", isDefault: true },
    { id: SEASON_GROUP, name: "Season", exclusive: true },
  ],
  tags: [
    { id: "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01", name: "Black Friday", groupId: SEASON_GROUP },
    { id: SERVICE_TAG, name: "Service" },
  ],
  templates: [
    {
      id: "RipRmi",
      name: "Newsletter with three articles",
      editorType: "CODE",
      html: "<html><body><h1>News</h1>{% unsubscribe %}</body></html>",
      text: "News",
    },
    { id: "TmP4sA", name: "Sale", editorType: "USER_DRAGGABLE", html: "<html><body><h1>Sale</h1></body></html>" },
  ],
  images: [
    { id: "7", name: "Logo", format: "png", sizeBytes: 12_480 },
    { id: "14254", name: "Winter window", format: "jpeg", sizeBytes: 231_077 },
  ],
  metrics: [
    { id: "RESQ6t", name: "Placed Order", integration: integration("0eMvjm", "Shopify", "eCommerce") },
    { id: "QpL8wV", name: "Opened Email", integration: integration("7FtS4J", "Klaviyo", "Internal") },
    { id: "WxC5yB", name: "Clicked Email", integration: integration("7FtS4J", "Klaviyo", "Internal") },
  ],
};

function integration(id: string, name: string, category: string): { readonly [key: string]: unknown } {
  return { object: "integration", id, name, category };
}
