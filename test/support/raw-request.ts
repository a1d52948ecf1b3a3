/** The smallest operation there is: it asks nothing of Klaviyo. */
export const QUERY = `{"query":"{__typename}"}`;

const HOST = "Host: gateway.example.com";

/** A request with the given request line and headers, and a Host unless they bring their own. */
export function head(requestLine: string, ...headers: string[]): string {
  const host = headers.some((header) => header.startsWith("Host:")) ? [] : [HOST];
  return `${[requestLine, ...host, ...headers].join("\r\n")}\r\n\r\n`;
}

/** A POST to GraphQL, whose length is for the headers to tell. */
export function post(headers: readonly string[], body = ""): string {
  return head("POST /graphql HTTP/1.1", "Content-Type: application/json", ...headers) + body;
}

export interface Sent {
  readonly body?: string | Buffer;
  /** By lower-case name. A POST is JSON unless they say otherwise. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** With its question mark. */
  readonly search?: string;
}

/** Sound HTTP, whatever it says: its head, and a body of the length that it tells. */
export function requestBytes({ body = "", headers = {}, method = "POST", search = "" }: Sent): Buffer {
  const bytes = Buffer.from(body);
  const all = {
    ...(method === "POST" && { "content-type": "application/json", "content-length": String(bytes.length) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(head(`${method} /graphql${search} HTTP/1.1`, ...lines), "latin1"), bytes]);
}
