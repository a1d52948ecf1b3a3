import { ArgsType, Field, ID, Int } from "type-graphql";
import { PageCursors } from "../campaigns/page-cursor.js";
import { IsOptional, ValidateBy } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { IsPageSize } from "../input/is-page-size.js";
import { TAGS_PAGE_MAXIMUM } from "./list-tags.js";
import { decodeTagCursor } from "./tags-cursor.js";

@ArgsType()
export class TagArgs {
  @Field(() => ID, { description: "The tag's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

export const TAG_GROUPS_CURSORS = new PageCursors("tagGroups");

@ArgsType()
export class TagGroupArgs {
  @Field(() => ID, { description: "The tag group's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

@ArgsType()
export class TagGroupsArgs {
  @Field(() => String, { nullable: true, description: "Continue after this cursor, taken from `endCursor`. Opaque." })
  @IsOptional()
  @TAG_GROUPS_CURSORS.check()
  readonly after?: string | null;
}

@ArgsType()
export class TagsArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: "How many tags to return, 1 to 50." })
  @IsOptional()
  @IsPageSize(TAGS_PAGE_MAXIMUM)
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Continue after this cursor, taken from `pageInfo.endCursor` or an edge.",
  })
  @IsOptional()
  @IsTagCursor()
  readonly after?: string | null;
}

function IsTagCursor(): PropertyDecorator {
  return ValidateBy({
    name: "isTagCursor",
    validator: {
      validate: (value) => typeof value === "string" && decodeTagCursor(value) !== undefined,
      defaultMessage: () => "Not a cursor of this list: use one that `tags` returned.",
    },
  });
}
