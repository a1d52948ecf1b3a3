import { Authorized, Directive } from "type-graphql";
import { scopesIn } from "./identity.js";

/** What callers may be allowed, by Klaviyo's own names, and one of ours: to stop a send without being able to start one. */
export type Scope =
  | "campaigns:read"
  | "campaigns:write"
  | "campaigns:cancel"
  | "lists:read"
  | "segments:read"
  | "tags:read"
  | "templates:read"
  | "images:read"
  | "metrics:read";

type Scopes = Scope | `${Scope} ${Scope}`;

/**
 * Lets a field be resolved only for callers who have all scopes of one of the alternatives, and says so in the schema, so that a
 * router can check as well, and tell who is not known from who may not. On an entity's class it holds where the entity is found by its key. A field of a class has to be
 * `simple: false`: TypeGraphQL resolves simple ones past every check.
 */
export function RequiresScopes(
  ...alternatives: readonly Scopes[]
): MethodDecorator & PropertyDecorator & ClassDecorator {
  const lists = alternatives.map((scopes) => `[${[...scopesIn(scopes)].map((scope) => `"${scope}"`).join(", ")}]`);
  const published = [Directive("@authenticated"), Directive(`@requiresScopes(scopes: [${lists.join(", ")}])`)];
  const enforce = Authorized<string>([...alternatives]);
  return (target: object, ...place: readonly unknown[]) => {
    for (const publish of published) Reflect.apply(publish, undefined, [target, ...place]);
    // On a class it would stand before each of its fields, and cost every one of them.
    if (place.length > 0) Reflect.apply(enforce, undefined, [target, ...place]);
  };
}
