import { createSign, generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const GENERALIZED_TIME = 0x18;

/** Encoded object identifiers (RFC 5280, RFC 4055). */
const COMMON_NAME = Buffer.from("0603550403", "hex");
const BASIC_CONSTRAINTS = Buffer.from("0603551d13", "hex");
const SHA256_WITH_RSA = Buffer.from("300d06092a864886f70d01010b0500", "hex");
const TRUE = Buffer.from("0101ff", "hex");

/** A certificate with its key, for tests. */
export type Issued = Readonly<{ name: string; pem: string; key: KeyObject }>;

export type IssueRequest = Readonly<{
  name: string;
  /** Itself when left out. */
  issuer?: Issued;
  /** May vouch for others. */
  ca?: boolean;
  from?: Date;
  until?: Date;
}>;

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Makes a key and a certificate for it (X.509 v3, RSA with SHA-256), signed by the issuer. */
export function issue({ name, issuer, ca = false, ...validity }: IssueRequest): Issued {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { from = new Date(Date.now() - YEAR_MS), until = new Date(Date.now() + YEAR_MS) } = validity;
  const content = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    SHA256_WITH_RSA,
    nameOf(issuer?.name ?? name),
    der(SEQUENCE, timeOf(from), timeOf(until)),
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(SEQUENCE, basicConstraints(ca))),
  );
  const signature = createSign("sha256")
    .update(content)
    .sign(issuer?.key ?? privateKey);
  const certificate = der(
    SEQUENCE,
    content,
    SHA256_WITH_RSA,
    der(BIT_STRING, Buffer.concat([Buffer.from([0]), signature])),
  );
  return { name, key: privateKey, pem: pemOf(certificate) };
}

function basicConstraints(ca: boolean): Buffer {
  return der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, der(OCTET_STRING, der(SEQUENCE, ...(ca ? [TRUE] : []))));
}

function nameOf(name: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(name)))));
}

function timeOf(time: Date): Buffer {
  return der(GENERALIZED_TIME, Buffer.from(`${time.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}Z`));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const bytes = Buffer.from(content.length.toString(16).padStart(8, "0"), "hex");
  const length =
    content.length < 0x80
      ? Buffer.from([content.length])
      : Buffer.concat([
          Buffer.from([0x80 | bytesOf(content.length)]),
          bytes.subarray(4 - bytesOf(content.length)),
        ]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

function bytesOf(length: number): number {
  return Math.ceil(length.toString(16).length / 2);
}

function pemOf(certificate: Buffer): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
