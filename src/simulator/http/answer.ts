/** An HTTP answer before it is written. Without a body it has no content type either. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function jsonAnswer(status: number, body: unknown, contentType: string): Answer {
  return { status, headers: { "Content-Type": contentType }, body: JSON.stringify(body) };
}

export function emptyAnswer(status: number): Answer {
  return { status, headers: {} };
}

export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
