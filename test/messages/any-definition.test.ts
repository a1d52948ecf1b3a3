import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { isRecord } from "../../src/json/is-record.js";
import { KlaviyoError } from "../../src/klaviyo/failure.js";
import type { Resource } from "../../src/klaviyo/json-api.js";
import { ResourceIndex } from "../../src/klaviyo/resource-index.js";
import { CampaignMessage } from "../../src/messages/campaign-message.type.js";
import { ID } from "./read-message.js";

test("reading all of any definition gives values or KlaviyoErrors, and unknown kinds their fallback", () => {
  fc.assert(
    fc.property(definitions(), (definition) => {
      const resource = {
        type: "campaign-message",
        id: ID,
        attributes: { definition },
        relationships: {},
        included: new ResourceIndex<Resource>(),
      };
      const names = readAll(new CampaignMessage(resource));
      if (isUnknown(definition)) expect(names).toContain("UnrecognizedMessageDefinition");
    }),
    { numRuns: 2_000 },
  );
});

/** Definitions as Klaviyo's schema has them, each part of which may be missing, null or anything else. */
function definitions() {
  const text = fc.oneof(fc.string(), fc.constant(null));
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 8, arbitrary }, { weight: 1, arbitrary: fc.jsonValue() });
  const part = (model: Record<string, fc.Arbitrary<unknown>>) => maybe(fc.record(model, { requiredKeys: [] }));
  const badge = part({
    display: maybe(fc.boolean()),
    badge_options: part({
      badge_config: maybe(fc.constantFrom("increment_one", "set_count", "set_property", "new")),
      value: maybe(text),
      set_from_property: maybe(text),
    }),
  });
  const on_open = part({
    type: maybe(fc.constantFrom("open_app", "deep_link", "open_web_url", "new")),
    ios_deep_link: maybe(text),
    android_deep_link: maybe(text),
    web_url: maybe(text),
  });
  const button = part({
    label: maybe(text),
    action_type: maybe(text),
    position: maybe(fc.integer()),
    url: maybe(text),
  });
  return part({
    channel: maybe(fc.constantFrom("email", "sms", "mobile_push", "whatsapp")),
    notification_type: maybe(fc.constantFrom("standard", "silent", "new")),
    label: maybe(text),
    content: part({ subject: maybe(text), body: maybe(text), action_buttons: maybe(fc.array(button)) }),
    render_options: part({ shorten_links: maybe(fc.boolean()) }),
    kv_pairs: part({ a: fc.jsonValue() }),
    options: part({ badge, on_open, play_sound: maybe(fc.boolean()) }),
  });
}

function isUnknown(definition: unknown): boolean {
  if (!isRecord(definition)) return false;
  const { channel, notification_type: kind } = definition;
  if (channel === "mobile_push") return kind !== "standard" && kind !== "silent";
  return channel !== "email" && channel !== "sms";
}

/** Reads every getter of a view and of the views below it. @returns the names of the classes that were met */
function readAll(view: object): string[] {
  const below = gettersOf(view).flatMap((name) => {
    try {
      const value: unknown = Reflect.get(view, name);
      const views = (Array.isArray(value) ? value : [value]).filter(
        (item) => item !== null && typeof item === "object",
      );
      return views.flatMap((item: object) => (item instanceof Date ? [] : readAll(item)));
    } catch (error) {
      if (!(error instanceof KlaviyoError)) throw error;
      return [];
    }
  });
  return [view.constructor.name, ...below];
}

function gettersOf(view: object): string[] {
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(view); type !== Object.prototype; type = Object.getPrototypeOf(type))
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(type))) if (get) names.push(name);
  return names;
}
