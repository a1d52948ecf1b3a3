/** Asks on a connection that the test can close. */
export function leavingClient(
  { url }: { readonly url: string },
  query: string,
  variables: object = {},
): { readonly leave: () => void; readonly left: Promise<unknown> } {
  const client = new AbortController();
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query, variables });
  const { signal } = client;
  const left = fetch(`${url}/graphql`, { method: "POST", headers, body, signal }).catch(() => "left");
  return { leave: () => client.abort(), left };
}
