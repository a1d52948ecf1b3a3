import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ApolloGateway } from "@apollo/gateway";
import { composeServices } from "@apollo/composition";
import { ApolloServer } from "@apollo/server";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { createApolloServer } from "../../src/server/apollo-server.js";
import { createFormatError } from "../../src/server/format-error.js";
import { createGraphqlHandler } from "../../src/server/graphql-handler.js";
import { buildProductsSubgraph } from "./products/products-subgraph.js";

/*
 * Apollo's federation compatibility suite, unmodified, against its own products schema served through our subgraph and server
 * factories. The suite's own users and inventory subgraphs and Apollo's gateway stand around it. Its ports are fixed.
 */
const SUITE = dirname(require.resolve("@apollo/federation-subgraph-compatibility-tests/package.json"));
const PORTS = { router: 4000, products: 4001, users: 4002, inventory: 4003 };

const TITLES = [
  "@composeDirective",
  "ftv1",
  "@inaccessible should return @inaccessible directives in _service sdl",
  "@inaccessible should be able to query @inaccessible fields via the products schema directly",
  "@interfaceObject verifies schema contains entity type marked as @interfaceObject",
  "@interfaceObject verifies @interfaceObject entity returns new fields",
  "introspection",
  "@key single applies single field @key on User",
  "@key single resolves single field @key on User",
  "@key multiple applies multiple field @key on DeprecatedProduct",
  "@key multiple resolves multiple field @key on DeprecatedProduct",
  "@key composite applies composite object @key on ProductResearch",
  "@key composite resolves composite object @key on ProductResearch",
  "repeatable @key applies repeatable @key directive on Product",
  "repeatable @key resolves multiple @key directives on Product",
  "@link",
  "@override should return @override directives in _service sdl",
  "@override should return overridden user name",
  "@provides",
  "@requires",
  "@shareable should return @shareable directives in _service sdl",
  "@shareable should be able to resolve @shareable ProductDimension types",
  "@tag",
];

interface SuiteResult {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

const servers: Server[] = [];
const apollos: ApolloServer[] = [];
const children: ChildProcess[] = [];
let results: ReadonlyMap<string, SuiteResult> = new Map();

beforeAll(async () => {
  for (const port of Object.values(PORTS)) await assertFree(port);
  for (const name of ["users", "inventory"])
    children.push(spawn(process.execPath, ["index.js"], { cwd: join(SUITE, "dist", "subgraphs", name) }));
  const formatError = createFormatError(
    () => "incident",
    (_id, error) => console.error(error),
  );
  const logger = { debug: () => {}, info: () => {}, warn: console.warn, error: console.error };
  const { schema } = buildProductsSubgraph();
  await serve(createApolloServer({ schema, introspection: true, sandbox: false, formatError, logger }), PORTS.products);
  await serve(
    new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl: await composeSupergraph(), logger }), logger }),
    PORTS.router,
  );
  results = await runSuite();
}, 60_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const apollo of apollos) await apollo.stop();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test.each(TITLES)("%s", (title) => {
  expect(results.get(title)).toMatchObject({ status: "passed", failureMessages: [] });
});

test("the suite has these tests and no others", () => {
  expect([...results.keys()].toSorted()).toEqual(TITLES.toSorted());
  expect(TITLES).toHaveLength(23);
});

async function serve(apollo: ApolloServer, port: number): Promise<void> {
  await apollo.start();
  apollos.push(apollo);
  const options = { createContext: () => ({}), bodyLimitBytes: 1_000_000, onError: console.error };
  const server = createServer(createGraphqlHandler(apollo, options));
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
}

async function composeSupergraph(): Promise<string> {
  const names = ["products", "users", "inventory"] as const;
  const services = await Promise.all(
    names.map(async (name) => {
      const url = `http://localhost:${PORTS[name]}/`;
      return { name, url, typeDefs: parse(await readSdl(url)) };
    }),
  );
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The subgraphs do not compose: ${errors?.map(String).join("; ")}`);
  return supergraphSdl;
}

interface ServiceAnswer {
  readonly data: { readonly _service: { readonly sdl: string } };
}

/** Waits until the subgraph is there, for as long as jest gives it. */
async function readSdl(url: string): Promise<string> {
  let sdl: string | undefined;
  while (sdl === undefined) {
    const body = JSON.stringify({ query: "{ _service { sdl } }" });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
    const { data } = answer ? ((await answer.json()) as ServiceAnswer) : { data: undefined };
    sdl = data?._service.sdl;
  }
  return sdl ?? "";
}

async function runSuite(): Promise<ReadonlyMap<string, SuiteResult>> {
  const directory = await mkdtemp(join(tmpdir(), "federation-compatibility-"));
  const outputFile = join(directory, "results.json");
  const config = {
    testEnvironment: "node",
    haste: { retainAllFiles: true },
    testPathIgnorePatterns: [],
    testMatch: ["**/dist/tests/*.test.js"],
  };
  const jest = join(dirname(require.resolve("jest/package.json")), "bin", "jest.js");
  const options = ["--rootDir", SUITE, "--config", JSON.stringify(config), "--json", "--outputFile", outputFile];
  const env = { ...process.env, PRODUCTS_URL: `http://localhost:${PORTS.products}/` };
  await new Promise<void>((resolve) => execFile(process.execPath, [jest, ...options], { env }, () => resolve()));
  const { testResults } = JSON.parse(await readFile(outputFile, "utf8"));
  await rm(directory, { recursive: true });
  const all: SuiteResult[] = testResults.flatMap((file: { assertionResults: SuiteResult[] }) => file.assertionResults);
  return new Map(all.map((result) => [result.fullName, result]));
}

/** By listening, on all addresses: somebody who has the port on one of them alone would be in the way as well. */
async function assertFree(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (cause) =>
      reject(new Error(`Port ${port}, which the compatibility suite needs, is in use.`, { cause })),
    );
    probe.listen(port, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}
