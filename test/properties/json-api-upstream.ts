import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { GeneratedResource, Identifier, Linkage } from "./resource-arbitraries.js";

export interface JsonApiUpstream extends AsyncDisposable {
  readonly url: string;
  /** From now on, these resources are all there is. */
  serve(resources: readonly GeneratedResource[]): void;
  /** From now on, whatever is asked for, this is the answer. */
  answerAlways(document: object): void;
}

/**
 * A Klaviyo that has no rules of its own: it answers collections, single resources, filters by id and includes with whatever it was
 * given, whole, and so with anything that a test wants the gateway to read.
 */
export async function startUpstream(): Promise<JsonApiUpstream> {
  let resources: readonly GeneratedResource[] = [];
  let fixed: object | undefined;
  const server = createServer((request, response) => {
    const document = fixed ?? answerTo(request, resources);
    response.writeHead(document ? 200 : 404, { "content-type": "application/vnd.api+json" });
    response.end(
      JSON.stringify(document ?? { errors: [{ id: "1", code: "not_found", title: "None", detail: "None" }] }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (all) => {
      resources = all;
      fixed = undefined;
    },
    answerAlways: (document) => {
      fixed = document;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerTo({ url = "/" }: IncomingMessage, resources: readonly GeneratedResource[]): object | undefined {
  const { pathname, searchParams } = new URL(url, "http://upstream.invalid");
  const [, , collection = "", id] = pathname.split("/");
  const all = resources.filter(({ type }) => `${type}s` === collection);
  const wanted = [...(searchParams.get("filter") ?? "").matchAll(/any\(id,\[([^\]]*)\]\)/g)].flatMap(
    ([, ids]) => JSON.parse(`[${ids}]`) as readonly string[],
  );
  const found = all.filter((resource) =>
    id ? resource.id === id : wanted.length === 0 || wanted.includes(resource.id),
  );
  if (id !== undefined && found.length === 0) return undefined;
  const names = searchParams.get("include")?.split(",") ?? [];
  return { data: id === undefined ? found : found[0], included: includedIn(found, names, resources) };
}

function includedIn(
  found: readonly GeneratedResource[],
  names: readonly string[],
  resources: readonly GeneratedResource[],
): readonly GeneratedResource[] {
  const linked = found.flatMap(({ relationships = {} }) => names.flatMap((name) => identifiersIn(relationships[name])));
  const keys = new Set(linked.map(({ type, id }) => `${type} ${id}`));
  return resources.filter(({ type, id }) => keys.has(`${type} ${id}`));
}

function identifiersIn(linkage: Linkage | undefined): readonly Identifier[] {
  return linkage ? [linkage.data].flat() : [];
}
