/** The secret parts of a URL, as they are written and as they are meant. */
export function passwordsIn(url: string): readonly string[] {
  const password = URL.parse(url)?.password;
  return password ? [password, decodeURIComponent(password)] : [];
}
