import { createUnionType, Field, ObjectType, registerEnumType } from "type-graphql";
import { type Attributed, optionalBoolean, optionalText, partList, requiredText } from "../klaviyo/attributes.js";

export enum DynamicTrackingValue {
  CAMPAIGN_ID = "CAMPAIGN_ID",
  CAMPAIGN_NAME = "CAMPAIGN_NAME",
  CAMPAIGN_NAME_ID = "CAMPAIGN_NAME_ID",
  CAMPAIGN_NAME_SEND_DAY = "CAMPAIGN_NAME_SEND_DAY",
  EMAIL_SUBJECT = "EMAIL_SUBJECT",
  GROUP_ID = "GROUP_ID",
  GROUP_NAME = "GROUP_NAME",
  GROUP_NAME_ID = "GROUP_NAME_ID",
  LINK_ALT_TEXT = "LINK_ALT_TEXT",
  MESSAGE_TYPE = "MESSAGE_TYPE",
  PROFILE_EXTERNAL_ID = "PROFILE_EXTERNAL_ID",
  PROFILE_ID = "PROFILE_ID",
  UNRECOGNIZED = "UNRECOGNIZED",
}

registerEnumType(DynamicTrackingValue, {
  name: "DynamicTrackingValue",
  description: "What Klaviyo puts into a dynamic tracking parameter when somebody clicks.",
  valuesConfig: {
    CAMPAIGN_ID: { description: "The campaign's id." },
    CAMPAIGN_NAME: { description: "The campaign's name." },
    CAMPAIGN_NAME_ID: { description: "The campaign's name and id." },
    CAMPAIGN_NAME_SEND_DAY: { description: "The campaign's name and the day it was sent." },
    EMAIL_SUBJECT: { description: "The subject of the e-mail." },
    GROUP_ID: { description: "The id of the list or segment." },
    GROUP_NAME: { description: "The name of the list or segment." },
    GROUP_NAME_ID: { description: "The name and id of the list or segment." },
    LINK_ALT_TEXT: { description: "The alternative text of the link." },
    MESSAGE_TYPE: { description: "The kind of message." },
    PROFILE_EXTERNAL_ID: { description: "The recipient's external id." },
    PROFILE_ID: { description: "The recipient's id in Klaviyo." },
    UNRECOGNIZED: { description: "A value that this gateway does not know yet. `valueText` has Klaviyo's own word." },
  },
});

@ObjectType("StaticTrackingParameter", {
  simpleResolvers: true,
  description: "A parameter with the same value in every link.",
})
export class StaticTrackingParameter {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { description: "The parameter's name, such as `utm_medium`." })
  get name(): string {
    return requiredText(this.part, "name");
  }

  @Field(() => String, { description: "Its value." })
  get value(): string {
    return requiredText(this.part, "value");
  }
}

@ObjectType("DynamicTrackingParameter", {
  simpleResolvers: true,
  description: "A parameter whose value Klaviyo fills in for each recipient or link.",
})
export class DynamicTrackingParameter {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { description: "The parameter's name, such as `utm_campaign`." })
  get name(): string {
    return requiredText(this.part, "name");
  }

  @Field(() => DynamicTrackingValue, { description: "What is filled in." })
  get filledWith(): DynamicTrackingValue {
    const value = this.valueText.toUpperCase();
    return Object.values(DynamicTrackingValue).find((known) => known === value) ?? DynamicTrackingValue.UNRECOGNIZED;
  }

  @Field(() => String, { description: "What is filled in, in Klaviyo's own word." })
  get valueText(): string {
    return requiredText(this.part, "value");
  }
}

@ObjectType("UnrecognizedTrackingParameter", {
  simpleResolvers: true,
  description: "A kind of parameter that this gateway does not know yet.",
})
export class UnrecognizedTrackingParameter {
  constructor(private readonly part: Attributed) {}

  @Field(() => String, { nullable: true, description: "The parameter's name, if it has one." })
  get name(): string | null {
    return optionalText(this.part, "name");
  }

  @Field(() => String, { nullable: true, description: "Klaviyo's own word for its kind." })
  get typeText(): string | null {
    return optionalText(this.part, "type");
  }
}

const MEMBERS = [StaticTrackingParameter, DynamicTrackingParameter, UnrecognizedTrackingParameter] as const;

export const TrackingParameter = createUnionType({
  name: "TrackingParameter",
  description: "A parameter that Klaviyo adds to the links of a message, such as `utm_source`.",
  types: () => MEMBERS,
  resolveType: (parameter) => MEMBERS.find((member) => parameter instanceof member)?.name,
});

/** A view over `campaign.tracking_options`. E-mail's and SMS' differ only in which of the keys they have. */
@ObjectType("CampaignTrackingOptions", {
  simpleResolvers: true,
  description: "What is tracked when people open and click. Null means: the account's default, or not of this channel.",
})
export class CampaignTrackingOptions {
  constructor(private readonly part: Attributed) {}

  @Field(() => Boolean, { nullable: true, description: "Whether opens are tracked. E-mail only." })
  get isTrackingOpens(): boolean | null {
    return optionalBoolean(this.part, "is_tracking_opens");
  }

  @Field(() => Boolean, { nullable: true, description: "Whether clicks are tracked. E-mail only." })
  get isTrackingClicks(): boolean | null {
    return optionalBoolean(this.part, "is_tracking_clicks");
  }

  @Field(() => Boolean, { nullable: true, description: "Whether tracking parameters are added to links." })
  get addsTrackingParameters(): boolean | null {
    return optionalBoolean(this.part, "add_tracking_params");
  }

  @Field(() => [TrackingParameter], {
    description: "The campaign's own parameters. Empty means: the account's defaults, if parameters are added.",
  })
  get customTrackingParameters(): readonly (typeof TrackingParameter)[] {
    return partList(this.part, "custom_tracking_params").map(parameterOf);
  }
}

function parameterOf(part: Attributed): typeof TrackingParameter {
  switch (part.attributes["type"]) {
    case "static":
      return new StaticTrackingParameter(part);
    case "dynamic":
      return new DynamicTrackingParameter(part);
    default:
      return new UnrecognizedTrackingParameter(part);
  }
}
