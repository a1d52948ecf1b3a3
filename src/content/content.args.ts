import { ArgsType, Field, ID } from "type-graphql";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

@ArgsType()
export class TemplateArgs {
  @Field(() => ID, { description: "The template's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

@ArgsType()
export class ImageArgs {
  @Field(() => ID, { description: "The image's id." })
  @IsKlaviyoId()
  readonly id!: string;
}
