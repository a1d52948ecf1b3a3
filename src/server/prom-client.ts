// Whoever compiles this file needs the declarations, in tests as well.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./prom-client-parts.d.ts" />

/** prom-client, as far as it is used here. Its index also loads what pushes metrics and gathers those of a cluster, and Node's zlib for it. */
export { default as Counter } from "prom-client/lib/counter.js";
export { default as Gauge } from "prom-client/lib/gauge.js";
export { default as Histogram } from "prom-client/lib/histogram.js";
export { default as Registry } from "prom-client/lib/registry.js";
