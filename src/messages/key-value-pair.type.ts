import { Field, ObjectType } from "type-graphql";
import { type Attributed, optionalPart } from "../klaviyo/attributes.js";

@ObjectType("KeyValuePair", {
  simpleResolvers: true,
  description: "A piece of data that goes to the app along with a push notification.",
})
export class KeyValuePair {
  constructor(
    key: string,
    private readonly raw: unknown,
  ) {
    this.key = key;
  }

  @Field(() => String, { description: "The key, which is unique within its message." })
  readonly key: string;

  @Field(() => String, {
    description: "The value. Klaviyo's values may be any JSON: what is not a string is given as its JSON, such as `7`.",
  })
  get value(): string {
    return typeof this.raw === "string" ? this.raw : JSON.stringify(this.raw);
  }
}

/** The `kv_pairs` of a push definition, in Klaviyo's order; none where it sends null or leaves them out. */
export function keyValuePairsOf(definition: Attributed): readonly KeyValuePair[] {
  const pairs = optionalPart(definition, "kv_pairs")?.attributes ?? {};
  return Object.entries(pairs).map(([key, value]) => new KeyValuePair(key, value));
}
