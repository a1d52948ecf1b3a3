import { pageIds, STATUS } from "../campaigns.ts";
import { asked, type Asked, campaignResource, includedOf, messageResource, tagResources } from "./documents.ts";

/** Stands for any id while a document is made, so that it is made once and not for every campaign. */
const ANY_ID = "01JBENCH_ANY_CAMPAIGN_ID__";
const ANY_STATUS = "_any_status_";
const PAGE_SIZE = 10;

/**
 * Bodies of answers. It has to cost less than anything that is measured, so what depends on a query is made once for each
 * form of it and kept: ids and statuses alone are put in anew.
 */
export class Answers {
  private readonly cancelled = new Set<string>();
  private readonly forms = new Map<string, unknown>();

  /** @returns undefined for what nobody is expected to ask */
  answer(method: string, target: string): { readonly status: number; readonly body: string } | undefined {
    const [path = "", search = ""] = target.split("?", 2);
    const [, id, more] = /^\/api\/(?:campaigns|campaign-send-jobs)\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    if (method === "PATCH" && id !== undefined) {
      this.cancelled.add(id);
      return { status: 204, body: "" };
    }
    if (id === undefined) return { status: 200, body: this.list(search) };
    if (more === "campaign-messages" || more === "tags") return { status: 200, body: this.related(id, more, search) };
    return { status: 200, body: this.single(id, search) };
  }

  forgetCancels(): void {
    this.cancelled.clear();
  }

  private single(id: string, search: string): string {
    const parts = this.form(`one ${search}`, () => {
      const wanted = asked(new URLSearchParams(search));
      const data = campaignResource(ANY_ID, ANY_STATUS, wanted);
      return partsOf({ data, included: includedOf([ANY_ID], wanted) });
    });
    return this.filledIn(parts, id);
  }

  private list(search: string): string {
    const filter = /filter=([^&]*)/.exec(search)?.[1] ?? "";
    const rest = search.replace(filter, "");
    const ids = /any(?:%28|\()id%2C%5B(.*?)%5D(?:%29|\))/i.exec(filter)?.[1];
    if (ids === undefined) return this.page(rest);
    // Each campaign is of one channel: the lists of the others do not have it.
    return filter.includes("%22email%22") ? this.byIds(ids.match(/01JBENCH\w{18}/g) ?? [], rest) : EMPTY_PAGE;
  }

  private page(rest: string): string {
    return this.form(`page ${rest}`, () => {
      const query = new URLSearchParams(rest);
      const wanted = asked(query);
      const ids = pageIds(Number(query.get("page[size]") ?? PAGE_SIZE));
      const data = ids.map((id) => campaignResource(id, STATUS.klaviyo, wanted));
      return JSON.stringify({ data, included: includedOf(ids, wanted), links: LINKS });
    });
  }

  private byIds(ids: readonly string[], rest: string): string {
    const parts = this.form(`ids ${rest}`, () => {
      return partsOf(campaignResource(ANY_ID, ANY_STATUS, asked(new URLSearchParams(rest))));
    });
    return `{"data":[${ids.map((id) => this.filledIn(parts, id)).join()}],"links":{"next":null}}`;
  }

  private related(id: string, kind: "campaign-messages" | "tags", search: string): string {
    const parts = this.form(`${kind} ${search}`, () => {
      const wanted: Asked = asked(new URLSearchParams(search));
      return partsOf({ data: kind === "tags" ? tagResources(wanted) : [messageResource(ANY_ID, wanted)] });
    });
    return this.filledIn(parts, id);
  }

  private filledIn(parts: readonly string[], id: string): string {
    const status = this.cancelled.has(id) ? "Cancelled" : STATUS.klaviyo;
    let text = "";
    for (const part of parts) text += part === ANY_ID ? id : part === ANY_STATUS ? status : part;
    return text.replaceAll(MESSAGE_OF_ANY, `${id.slice(0, 8)}M${id.slice(9)}`);
  }

  private form<T>(key: string, make: () => T): T {
    if (!this.forms.has(key)) this.forms.set(key, make());
    // Each key was set by the `make` of its own kind.
    return this.forms.get(key) as T;
  }
}

const MESSAGE_OF_ANY = `${ANY_ID.slice(0, 8)}M${ANY_ID.slice(9)}`;
const LINKS = { self: "https://a.klaviyo.com/api/campaigns", next: null, prev: null };
const EMPTY_PAGE = JSON.stringify({ data: [], links: LINKS });

function partsOf(document: unknown): readonly string[] {
  return JSON.stringify(document).split(new RegExp(`(${ANY_ID}|${ANY_STATUS})`));
}
