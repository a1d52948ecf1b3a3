import { Pool } from "undici";

/** The fastest way that undici has, as its own figures say: its dispatcher, with a handler of our own. */
const pool = new Pool(process.env["UPSTREAM_URL"] ?? "", { connections: 64, pipelining: 1, allowH2: false });

const HEADERS = {
  accept: "application/vnd.api+json",
  authorization: "Klaviyo-API-Key pk_bench_0123456789abcdef",
  revision: "2026-07-15",
};

/** One call of Klaviyo's, and the bytes of its answer. */
export function callKlaviyo(method: "GET" | "PATCH", path: string, body: string | null = null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const headers = body === null ? HEADERS : { ...HEADERS, "content-type": "application/vnd.api+json" };
    pool.dispatch(
      { method, path, headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, status) {
          if (status >= 400) reject(new Error(`Klaviyo answered ${status}.`));
        },
        onResponseData: (_controller, chunk) => void chunks.push(chunk),
        onResponseEnd: () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, { readonly data?: readonly { readonly id: string }[] }>>;
}

export interface Document<TData> {
  readonly data: TData;
  readonly included?: readonly Resource[];
}

export async function readKlaviyo<TData>(path: string): Promise<Document<TData>> {
  return JSON.parse((await callKlaviyo("GET", path)).toString("utf8")) as Document<TData>;
}

export async function cancelAtKlaviyo(id: string): Promise<void> {
  const data = { type: "campaign-send-job", id, attributes: { action: "cancel" } };
  await callKlaviyo("PATCH", `/api/campaign-send-jobs/${id}`, JSON.stringify({ data }));
}
