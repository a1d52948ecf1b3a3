/** A CPU profile as V8 writes it. Times are microseconds of the system's monotonic clock. */
export interface CpuProfile {
  readonly startTime: number;
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** The first rule that fits the innermost frame that any rule fits says what a sample was spent on. */
const RULES: readonly (readonly [part: string, where: RegExp])[] = [
  ["collect garbage", /^\(garbage collector\)/],
  ["parse body", /dist\/server\/(?:read-body|load\/)/],
  ["look up", /dist\/server\/(?:safelist|limits)\/|graphql\/(?:language|validation|utilities)\//],
  [
    "coerce",
    /graphql\/execution\/values|dist\/input\/|class-validator|\.args\.js|dist\/compiled\/.*(?:variable|coerce)/,
  ],
  ["plan", /dist\/selection\/|resource-query|list-arguments|create-request/],
  [
    "wait: limits, cache, circuits",
    /dist\/resilience\/|cached-reads|call-gate|retried-read|endpoint-circuits|answer-store/,
  ],
  ["call Klaviyo", /undici|dist\/klaviyo\/(?:exchange|attempt|klaviyo-client|dispatcher)/],
  ["decode", /^JSON\.parse|^parse |dist\/klaviyo\//],
  ["log and count", /node_modules\/(?:pino|sonic-boom|prom-client)|request-log|dist\/server\/(?:metrics|logger)/],
  ["write", /^stringify |graphql\/(?:execution|type|jsutils)\/|type-graphql|dist\/compiled\/|graphql-scalars/],
  [
    "resolve",
    /dist\/(?:campaigns|messages|tags|audiences|send-jobs|statistics|estimations|content|editing|metrics|graph|access)\//,
  ],
  ["Apollo Server", /@apollo\/server/],
  ["door: context, headers, CORS", /dist\/(?:server|composition|auth)\/|node_modules\/cors/],
  [
    "receive and send",
    /^node:(?:_http|http|net|internal\/(?:stream|http))|^(?:write|writev|shutdown|readStart|onread|writeLatin1String|writeUtf8String) /,
  ],
  ["timers, promises, the rest of Node", /^node:|^\(program\)/],
];

export const PARTS = [...RULES.map(([part]) => part), "what no rule names"];

/** @returns microseconds for each part, of what was sampled between two moments; idle time is none of it */
export function budgetOf(profile: CpuProfile, fromUs: number, untilUs: number): ReadonlyMap<string, number> {
  const partOfNode = classify(profile.nodes);
  const spent = new Map(PARTS.map((part) => [part, 0]));
  let at = profile.startTime;
  profile.samples.forEach((id, index) => {
    const us = profile.timeDeltas[index] ?? 0;
    at += us;
    const part = partOfNode.get(id);
    if (part !== undefined && at >= fromUs && at <= untilUs) spent.set(part, (spent.get(part) ?? 0) + us);
  });
  return spent;
}

function classify(nodes: readonly ProfileNode[]): ReadonlyMap<number, string> {
  const parentOf = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  const busy = nodes.filter(({ callFrame }) => callFrame.functionName !== "(idle)");
  return new Map(busy.map((node) => [node.id, partOf(node, parentOf)]));
}

function partOf(node: ProfileNode, parentOf: ReadonlyMap<number, ProfileNode>): string {
  for (let frame: ProfileNode | undefined = node; frame; frame = parentOf.get(frame.id)) {
    const { functionName, url } = frame.callFrame;
    // Node's own frames and built-ins are told by who called them, but for those that a rule knows by name.
    const part = RULES.find(([, where]) => where.test(`${functionName} ${url}`) || where.test(url));
    if (part) return part[0];
  }
  return "what no rule names";
}
