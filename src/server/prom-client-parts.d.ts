/** prom-client's own collectors, which its main module starts all together alone. */
declare module "prom-client/lib/metrics/*" {
  const collect: (registry: import("prom-client").Registry) => void;
  export default collect;
}

declare module "prom-client/lib/counter.js" {
  export { Counter as default } from "prom-client";
}

declare module "prom-client/lib/gauge.js" {
  export { Gauge as default } from "prom-client";
}

declare module "prom-client/lib/histogram.js" {
  export { Histogram as default } from "prom-client";
}

declare module "prom-client/lib/registry.js" {
  export { Registry as default } from "prom-client";
}
