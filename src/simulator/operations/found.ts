import { notFound } from "../http/api-error.js";

/** What was looked up, or Klaviyo's 404. */
export function found<T>(item: T | undefined, type: string, id: string): T {
  if (item === undefined) throw notFound(`A ${type} with id ${id} does not exist.`);
  return item;
}
