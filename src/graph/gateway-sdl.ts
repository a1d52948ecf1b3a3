import { print } from "graphql";
import { buildGatewaySchema } from "./gateway-schema.js";

/** The gateway's SDL as a composer reads it. */
export function printGatewaySdl(): string {
  return `${print(buildGatewaySchema().document)}\n`;
}
