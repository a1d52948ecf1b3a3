import type { RecordedRequest } from "./recorded-request.js";

type Listener = (request: RecordedRequest) => void;

export class RequestLog {
  #requests: RecordedRequest[] = [];
  readonly #listeners = new Set<Listener>();

  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  record(request: RecordedRequest): void {
    this.#requests.push(request);
    for (const listener of this.#listeners) listener(request);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#requests = [];
  }
}
