import type { IncomingMessage } from "node:http";
import type { ApolloServerPlugin, BaseContext, HTTPGraphQLResponse } from "@apollo/server";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Values } from "../compiled/coerce-variables.js";
import { NotCompilableError } from "../compiled/compile-selection.js";
import { CompiledShapes } from "../compiled/compiled-shapes.js";
import type { RootResults } from "../compiled/root-results.js";
import { isRecord } from "../json/is-record.js";
import { type CompiledAnswer, EqualQueries, type EqualQueriesOptions } from "./equal-queries.js";
import { bytesOf, DOCUMENTS_LIMIT_BYTES } from "./parsed-documents.js";
import {
  type FitOperation,
  type PreparationOptions,
  type PreparedOperation,
  prepareOperation,
} from "./prepare-operation.js";

export interface CompiledRequestsOptions<TContext> extends EqualQueriesOptions<TContext>, PreparationOptions {
  /** The document that a hash stands for, where it is known. */
  readonly documentOf: (hash: string) => string | undefined;
  /** Whether the document may be run without a word, by the safelist as it is now. */
  readonly isExpected: (document: DocumentNode) => boolean;
}

/** A request that need not go the careful way. */
export interface CompiledRequest<TContext> {
  readonly contentType: string;
  /** What Apollo Server has to be asked if the compiled way leads nowhere. */
  readonly body: object;
  /** @returns the answer, at once where it is there already */
  run(context: TContext): CompiledAnswer | Promise<CompiledAnswer>;
}

interface KnownOperation extends FitOperation {
  /** Made when it is asked for a second time; null where it cannot be. */
  compiled?: PreparedOperation | null;
}

/** Of one document, by the name that a request gives; null if it gives none. */
type KnownDocument = Map<string | null | undefined, KnownOperation>;

const KNOWN_CONTENT_TYPES = 100;

/**
 * Knows operations that have gone the careful way: parsed, validated, within limits, expected. When one comes again, only what depends
 * on the request is checked, and the compiled operation is run. Whatever is unusual about a request goes the careful way.
 */
export class CompiledRequests<TContext> {
  private readonly documents = new LRUCache<string, KnownDocument>({
    maxSize: DOCUMENTS_LIMIT_BYTES,
    sizeCalculation: (known, text) => {
      const [one] = known.values();
      return text.length + (one ? bytesOf(one.document) : 1);
    },
    dispose: (known) => known.forEach(({ compiled }) => compiled?.compiled.forget()),
  });
  private readonly shapes = new CompiledShapes();
  private readonly contentTypes = new LRUCache<string, string>({ max: KNOWN_CONTENT_TYPES });
  private readonly equalQueries: EqualQueries<TContext>;
  private operationCount = 0;

  constructor(private readonly options: CompiledRequestsOptions<TContext>) {
    this.equalQueries = new EqualQueries(options);
  }

  /** Learns from Apollo Server which operations are fit to be run. */
  readonly plugin: ApolloServerPlugin<BaseContext> = {
    requestDidStart: async () => ({
      executionDidStart: async ({ source, request, document, operation }) => {
        // Apollo Server has graphql-js say that there is none of that name, and names are without end.
        if (!operation) return;
        const known: KnownDocument = this.documents.get(source) ?? new Map();
        const name = request.operationName ?? null;
        if (!known.has(name)) known.set(name, { number: this.operationCount++, document, operation });
        this.documents.set(source, known);
      },
    }),
  };

  /** Learns how Apollo Server answers those who accept this. */
  learnContentType({ headers }: IncomingMessage, answer: HTTPGraphQLResponse): void {
    const contentType = answer.headers.get("content-type");
    const isUsual = (answer.status ?? 200) === 200 && answer.body.kind === "complete";
    if (isUsual && contentType !== undefined) this.contentTypes.set(headers.accept ?? "", contentType);
  }

  /** @param body of a POST, parsed. @returns undefined for what has to go the careful way */
  find({ headers }: IncomingMessage, body: unknown): CompiledRequest<TContext> | undefined {
    if (!isRecord(body) || WISHES.some((name) => headers[name] !== undefined)) return undefined;
    const contentType = this.contentTypes.get(headers.accept ?? "");
    const query = contentType === undefined ? undefined : this.textOf(body);
    const known = query === undefined ? undefined : this.documents.get(query)?.get(nameIn(body));
    if (contentType === undefined || query === undefined || !known) return undefined;
    // Null stays: what cannot be prepared is not tried again.
    if (known.compiled === undefined) known.compiled = prepareOperation(known, this.options, this.shapes);
    const prepared = known.compiled;
    const variables = body["variables"] ?? {};
    if (!prepared || !isRecord(variables) || !this.options.isExpected(known.document)) return undefined;
    const run = (context: TContext) => this.run(known, prepared, variables, context);
    return new FoundRequest(contentType, query, body, run);
  }

  private run(
    known: KnownOperation,
    prepared: PreparedOperation,
    variables: Values,
    context: TContext,
  ): CompiledAnswer | Promise<CompiledAnswer> {
    const make = () => this.make(known, prepared, variables, context);
    return prepared.isQuery ? this.equalQueries.answer({ number: prepared.number, variables, context }, make) : make();
  }

  private make(
    known: KnownOperation,
    { checkLimits, areNullsInPlace, coerce, compiled }: PreparedOperation,
    variables: Values,
    context: TContext,
  ): CompiledAnswer | Promise<CompiledAnswer> {
    const results: RootResults = new Map();
    // For whatever Apollo Server's plugins refuse an operation, nothing of it may have been run before they are asked.
    const coerced = checkLimits(variables) || !areNullsInPlace(variables) ? undefined : coerce(variables);
    if (!coerced) return { text: undefined, results };
    try {
      const data = compiled.run(context, coerced, results);
      return data instanceof Promise ? data.then((made) => this.told(made, results)) : this.told(data, results);
    } catch (error) {
      if (!(error instanceof NotCompilableError)) throw error;
      known.compiled = null;
      compiled.forget();
      return { text: undefined, results };
    }
  }

  private told(data: Record<string, unknown> | undefined, results: RootResults): CompiledAnswer {
    this.options.onRun(data ? "done" : "left");
    if (!data) return { text: undefined, results };
    // As Apollo Server writes what went well.
    return { text: `{"data":${JSON.stringify(data)}}\n`, results };
  }

  private textOf({ query, extensions }: Readonly<Record<string, unknown>>): string | undefined {
    if ((extensions ?? undefined) !== undefined && !isRecord(extensions)) return undefined;
    const persisted = isRecord(extensions) ? extensions["persistedQuery"] : undefined;
    if (persisted === undefined) return typeof query === "string" ? query : undefined;
    // A document with its hash is to be kept, and perhaps they do not belong together.
    if (query !== undefined || !isRecord(persisted) || persisted["version"] !== 1) return undefined;
    const hash = persisted["sha256Hash"];
    return typeof hash === "string" ? this.options.documentOf(hash) : undefined;
  }
}

/** What no operation is called stands for a name that is none. */
function nameIn({ operationName = null }: Readonly<Record<string, unknown>>): string | null | undefined {
  return operationName === null || typeof operationName === "string" ? operationName : undefined;
}

/** Headers that ask for more than an answer: a trace, what the cache did. */
const WISHES = ["apollo-federation-include-trace", "x-cache-status"];

class FoundRequest<TContext> implements CompiledRequest<TContext> {
  constructor(
    readonly contentType: string,
    private readonly query: string,
    private readonly given: Readonly<Record<string, unknown>>,
    readonly run: CompiledRequest<TContext>["run"],
  ) {}

  get body(): object {
    // A document that was found by its hash may be forgotten when it is asked for again.
    const { extensions: _, ...rest } = this.given;
    return { ...rest, query: this.query };
  }
}
