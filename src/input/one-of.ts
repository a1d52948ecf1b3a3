import { Directive } from "type-graphql";

/** What an input's description says, since routers show the schema without the directive. */
export const EXACTLY_ONE = "Exactly one of these must be given.";

/** An input of which exactly one field may be given: GraphQL itself refuses anything else, before a resolver runs. */
export function OneOf(): ClassDecorator {
  return Directive("@oneOf");
}
