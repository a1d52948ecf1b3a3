import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** Who has signed all but `unknown`. */
  readonly authority: Certificate;
  readonly inOrder: Certificate;
  readonly ofAnotherHost: Certificate;
  readonly expired: Certificate;
  /** It vouches for itself. */
  readonly unknown: Certificate;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

let made: Certificates | undefined;

/** Certificates for a day, by the openssl command, made when they are first asked for. @throws where there is none */
export function certificates(): Certificates {
  return (made ??= makeCertificates());
}

/** Makes this process believe the certificates' authority, as NODE_EXTRA_CA_CERTS does at a start, until it is disposed of. */
export function trustAuthority(): Disposable {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, certificates().authority.cert]);
  return { [Symbol.dispose]: () => setDefaultCACertificates(before) };
}

function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const read = (name: string): Certificate => ({
    key: readFileSync(join(folder, `${name}.key`), "utf8"),
    cert: readFileSync(join(folder, `${name}.pem`), "utf8"),
  });
  const vouchForItself = (name: string) => {
    const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1"];
    const files = ["-keyout", `${name}.key`, "-out", `${name}.pem`];
    openssl("req", "-x509", ...NEW_KEY, ...files, ...subject, "-days", "2");
    return read(name);
  };
  const sign = (name: string, host: string, days: string) => {
    const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=${host}`];
    openssl("req", ...NEW_KEY, "-keyout", `${name}.key`, "-out", `${name}.csr`, ...subject);
    const signing = ["-CA", "authority.pem", "-CAkey", "authority.key", "-copy_extensions", "copy", "-days", days];
    openssl("x509", "-req", "-in", `${name}.csr`, ...signing, "-out", `${name}.pem`);
    return read(name);
  };
  try {
    return {
      authority: vouchForItself("authority"),
      inOrder: sign("in-order", "IP:127.0.0.1", "2"),
      ofAnotherHost: sign("of-another-host", "DNS:klaviyo.example", "2"),
      expired: sign("expired", "IP:127.0.0.1", "-1"),
      unknown: vouchForItself("unknown"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
