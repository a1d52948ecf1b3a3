import { ValidateBy } from "../input/class-validator.js";
import { decodeCampaignCursor, encodeCampaignCursor, listKey } from "./campaign-cursor.js";

/** The cursors of a list that is only ever read by whole pages of Klaviyo's: each leads to a page. */
export class PageCursors {
  private readonly list: string;

  /** @param field the root field that gives the list */
  constructor(private readonly field: string) {
    this.list = listKey([field]);
  }

  /** @param pageCursor Klaviyo's, undefined on the last page */
  encode(pageCursor: string | undefined): string | null {
    return pageCursor === undefined ? null : encodeCampaignCursor(this.list, { pageCursor, skip: 0 });
  }

  /** @returns Klaviyo's cursor; undefined for anything that {@link encode} did not make */
  decode(cursor: string | null | undefined): string | undefined {
    const place = cursor ? decodeCampaignCursor(this.list, cursor) : undefined;
    return place?.skip === 0 ? place.pageCursor : undefined;
  }

  /** For an argument: a cursor of another list would be taken to Klaviyo, which refuses it without saying why. */
  check(): PropertyDecorator {
    return ValidateBy({
      name: "isPageCursor",
      validator: {
        validate: (value) => typeof value === "string" && this.decode(value) !== undefined,
        defaultMessage: () => `Not a cursor of this list: use one that \`${this.field}\` returned.`,
      },
    });
  }
}
