import { Field, Int } from "type-graphql";
import { IsOptional, ValidateBy, ValidateNested } from "../input/class-validator.js";
import { IsPageSize } from "../input/is-page-size.js";
import { CAMPAIGNS_PAGE_MAXIMUM } from "../klaviyo/campaigns-api.js";
import { CampaignFilterInput } from "./campaign-filter.input.js";

/*
 * Arguments that every list of campaigns takes, each a schema field and its checks in one. They are not a base class, so that a
 * list's own arguments can stand first in the schema.
 */

export function FilterArgument(): PropertyDecorator {
  const description = "Which campaigns; all that are not archived, if left out.";
  return all(
    Field(() => CampaignFilterInput, { nullable: true, description }),
    IsOptional(),
    ValidateNested(),
  );
}

export function FirstArgument(): PropertyDecorator {
  const description = `How many campaigns to return, 1 to ${CAMPAIGNS_PAGE_MAXIMUM}.`;
  return all(
    Field(() => Int, { nullable: true, defaultValue: 20, description }),
    IsOptional(),
    IsPageSize(CAMPAIGNS_PAGE_MAXIMUM),
  );
}

/** @param isOfList whether a cursor is one that the list which the arguments ask for has given */
export function AfterArgument<TArgs extends object>(
  Args: () => new () => TArgs,
  isOfList: (cursor: string, args: TArgs) => boolean,
): PropertyDecorator {
  const description = "Continue after this cursor, taken from `pageInfo.endCursor` or an edge of the same list.";
  const isCursor = ValidateBy({
    name: "isCursorOfList",
    validator: {
      validate: (value, context) =>
        typeof value === "string" && context?.object instanceof Args() && isOfList(value, context.object),
      defaultMessage: () =>
        "Not a cursor of this list: use one that it returned for the same channel, filter and sort.",
    },
  });
  return all(
    Field(() => String, { nullable: true, description }),
    IsOptional(),
    isCursor,
  );
}

function all(...decorators: readonly (PropertyDecorator | MethodDecorator)[]): PropertyDecorator {
  return (target, key) => {
    for (const decorate of decorators) (decorate as PropertyDecorator)(target, key);
  };
}
