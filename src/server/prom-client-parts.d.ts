/** prom-client's own collectors, which its main module starts all together alone. */
declare module "prom-client/lib/metrics/*" {
  const collect: (registry: import("prom-client").Registry) => void;
  export default collect;
}
