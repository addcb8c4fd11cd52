import "reflect-metadata";
import { createPrivateKey, type KeyObject } from "node:crypto";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from "@peculiar/x509";

/** Who signs webhooks: a leaf under an intermediate under a root, as PayPal's are. */
export type Pki = Readonly<{
  /** What a shop must trust, PEM. */
  root: string;
  /** What is served: the leaf, then the intermediate, PEM. */
  chain: string;
  leaf: string;
  private_key: KeyObject;
}>;

const KEYS = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const;

const DAY_MS = 86_400_000;
/** Longer than any test moves its clock ahead. */
const VALID_DAYS = 100 * 365;

/** The name in the certificates that PayPal signs webhooks with. */
const SIGNER = "messageverificationcerts.paypal.com";

/** Makes a hierarchy of its own. Takes about a second. @param organization told in its names */
export async function newPki(organization: string): Promise<Pki> {
  const root = await issue(`CN=${organization} Root CA`, { ca: true });
  const intermediate = await issue(`CN=${organization} Intermediate CA`, { ca: true, by: root });
  const leaf = await issue(`CN=${SIGNER}, O=${organization}`, { ca: false, by: intermediate });
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", leaf.keys.privateKey);
  const leaf_pem = leaf.certificate.toString("pem");
  return {
    root: root.certificate.toString("pem"),
    leaf: leaf_pem,
    chain: `${leaf_pem}\n${intermediate.certificate.toString("pem")}\n`,
    private_key: createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" }),
  };
}

type Issued = Readonly<{ certificate: X509Certificate; keys: CryptoKeyPair }>;

async function issue(subject: string, { ca, by }: Readonly<{ ca: boolean; by?: Issued }>): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(KEYS, true, ["sign", "verify"]);
  const now_ms = Date.now();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex"),
    subject,
    issuer: by?.certificate.subject ?? subject,
    notBefore: new Date(now_ms - DAY_MS),
    notAfter: new Date(now_ms + VALID_DAYS * DAY_MS),
    signingAlgorithm: KEYS,
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    extensions: ca
      ? [
          new BasicConstraintsExtension(true, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        ]
      : [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension([{ type: "dns", value: SIGNER }]),
        ],
  });
  return { certificate, keys };
}
