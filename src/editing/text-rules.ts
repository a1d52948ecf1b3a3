import { Rule } from "./rule.js";
import { shown } from "../input/invalid-input-error.js";

/** A text with more than white space in it. */
export function IsFilled(): PropertyDecorator {
  return Rule("isFilled", (value) =>
    typeof value === "string" && value.trim() === "" ? "must not be empty." : undefined,
  );
}

/** Counted as JavaScript does: Klaviyo does not say how it counts. */
export function IsAtMost(maximum: number): PropertyDecorator {
  return Rule("isAtMost", (value) =>
    typeof value === "string" && value.length > maximum ? `must not be longer than ${maximum} characters.` : undefined,
  );
}

/** An address; see {@link faultOfUrl}. */
export function IsUrl(schemes?: readonly string[]): PropertyDecorator {
  return Rule("isUrl", (value) => (typeof value === "string" ? faultOfUrl(value, schemes) : undefined));
}

/** The schemes of a web page's address. */
export const WEB = ["https://", "http://"] as const;

/**
 * An address has a scheme, such as `https://shop.example/sale` or `shop://cart`. One with template tags is for Klaviyo to judge:
 * what it will be is not known before it is rendered.
 */
export function faultOfUrl(value: string, schemes?: readonly string[]): string | undefined {
  if (TEMPLATE.test(value) || isUrl(value, schemes)) return undefined;
  return `${shown(value)} is not an address that begins with ${schemes?.join(" or ") ?? "a scheme, such as shop://"}.`;
}

const TEMPLATE = /\{[{%]/;

function isUrl(value: string, schemes: readonly string[] | undefined): boolean {
  const url = URL.parse(value);
  return url !== null && !/\s/.test(value) && (schemes?.includes(`${url.protocol}//`) ?? true);
}
