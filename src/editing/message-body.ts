import type { CampaignMessageCreateInput, CampaignMessageUpdateInput } from "./campaign-message.input.js";
import type { EmailContentInput, EmailMessageInput } from "./email-message.input.js";
import { nullOr } from "./null-or.js";
import { pushDefinitionOf, silentPushDefinitionOf } from "./push-body.js";
import type { SmsMessageInput, SmsRenderOptionsInput } from "./sms-message.input.js";
import { from, type Sourced } from "./write-body.js";

/** A message of a campaign to be made, as it stands in the campaign's body. */
export function newMessageBody(input: CampaignMessageCreateInput): object {
  const { definition, imageId } = messageParts(input);
  const relationships = imageOf(imageId);
  return { type: "campaign-message", attributes: { definition }, relationships };
}

/** The body of an update, and what the message is compared with afterwards. */
export function updateMessageBody(id: string, input: CampaignMessageUpdateInput): MessageUpdate {
  const { definition, imageId } = messageParts(input);
  const attributes = { definition: from("input", definition) };
  const relationships = nullOr(imageOf(imageId), (image) => from("input", image));
  return {
    body: { data: { type: "campaign-message", id: from("id", id), attributes, relationships } },
    attributes: { definition },
    imageId: imageIdOf(input),
  };
}

export interface MessageUpdate {
  readonly body: object;
  /** The attributes alone, with their sources. */
  readonly attributes: object;
  /** Of the image that the message is to show; undefined where that is not changed. */
  readonly imageId: string | undefined;
}

interface MessageParts {
  readonly definition: Sourced | undefined;
  readonly imageId: Sourced | undefined;
}

function messageParts({
  email,
  sms,
  mobilePush,
  silentMobilePush,
}: CampaignMessageCreateInput | CampaignMessageUpdateInput): MessageParts {
  if (email) return { definition: from("email", emailDefinitionOf(email)), imageId: undefined };
  if (sms) return { definition: from("sms", smsDefinitionOf(sms)), imageId: from("sms.imageId", sms.imageId) };
  if (mobilePush) {
    const definition = from("mobilePush", pushDefinitionOf(mobilePush));
    return { definition, imageId: from("mobilePush.imageId", mobilePush.imageId) };
  }
  return { definition: from("silentMobilePush", silentPushDefinitionOf(silentMobilePush)), imageId: undefined };
}

function imageIdOf({ sms, mobilePush }: CampaignMessageUpdateInput): string | undefined {
  return sms?.imageId ?? mobilePush?.imageId;
}

function imageOf(id: Sourced | undefined): object | undefined {
  return id && { image: { data: { type: "image", id } } };
}

function emailDefinitionOf({ label, content }: EmailMessageInput): object {
  return {
    channel: "email",
    label: from("label", label),
    content: from("content", nullOr(content, emailContentOf)),
  };
}

function emailContentOf(content: EmailContentInput): object {
  return {
    subject: from("subject", content.subject),
    preview_text: from("previewText", content.previewText),
    from_email: from("fromEmail", content.fromEmail),
    from_label: from("fromLabel", content.fromLabel),
    reply_to_email: from("replyToEmail", content.replyToEmail),
    cc_email: from("ccEmail", content.ccEmail),
    bcc_email: from("bccEmail", content.bccEmail),
  };
}

function smsDefinitionOf({ content, renderOptions }: SmsMessageInput): object {
  return {
    channel: "sms",
    content: from(
      "content",
      nullOr(content, ({ body }) => ({ body: from("body", body) })),
    ),
    render_options: from("renderOptions", nullOr(renderOptions, smsRenderOptionsOf)),
  };
}

function smsRenderOptionsOf(options: SmsRenderOptionsInput): object {
  return {
    shorten_links: from("shortensLinks", options.shortensLinks),
    add_org_prefix: from("addsOrganizationPrefix", options.addsOrganizationPrefix),
    add_info_link: from("addsInfoLink", options.addsInfoLink),
    add_opt_out_language: from("addsOptOutLanguage", options.addsOptOutLanguage),
  };
}
