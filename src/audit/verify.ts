import { createReadStream } from "node:fs";
import { Verification } from "./verify-audit-log.js";

async function verify(path: string): Promise<void> {
  const verification = new Verification();
  for await (const text of createReadStream(path, "utf8")) verification.add(text);
  const { faults, lines, end } = verification.finish();
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`${lines} lines, ${faults.length} faults. The last hash is ${end.hash}.\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

const [, , path] = process.argv;
if (path === undefined) {
  process.stderr.write("Which file? npm run audit:verify -- <file>\n");
  process.exit(2);
}
verify(path).catch((error: Error) => {
  process.stderr.write(`${path} cannot be read: ${error.message}\n`);
  process.exit(2);
});
