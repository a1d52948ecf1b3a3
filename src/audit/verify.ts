import { readFileSync } from "node:fs";
import { verifyAuditLog } from "./verify-audit-log.js";

const [, , path] = process.argv;
if (path === undefined) {
  process.stderr.write("Which file? npm run audit:verify -- <file>\n");
  process.exit(2);
}
const { faults, lines, end } = verifyAuditLog(readFileSync(path, "utf8"));
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`${lines} lines, ${faults.length} faults. The last hash is ${end.hash}.\n`);
process.exit(faults.length === 0 ? 0 : 1);
