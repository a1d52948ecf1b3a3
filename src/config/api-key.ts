import { A_KEY, isApiKey } from "./keys.js";

/** @param text what the file holds: the key, and white space around it @throws Error that does not show it */
export function parseApiKey(text: string): string {
  const key = text.trim();
  if (isApiKey(key)) return key;
  throw new Error(`KLAVIYO_API_KEY_FILE holds no ${A_KEY} (what it holds is not shown).`);
}
