import { randomUUID, sign, verify } from "node:crypto";
import { crc32 } from "node:zlib";
import { newPki, type Pki } from "./pki";

/** What goes over the wire with a webhook. */
export type Transmission = Readonly<{ id: string; time: string; signature: string; cert_url: string }>;

const CERTIFICATES = "/v1/notifications/certs/";
const OWN = "CERT-360caa42-fca2a594-a5cafa77";
const FOREIGN = "CERT-00000000-ffffffff-00000000";

/** What PayPal's own schema of a verification takes; base64 may begin otherwise. */
const TAKEN_SIGNATURE = /^(?!\d+$)\w+\S+/;

let hierarchies: Promise<readonly [own: Pki, foreign: Pki]> | undefined;

/** The notary of a simulator. Its keys are made once in a process, since they take their time. */
export async function openNotary(base_url: () => string): Promise<Notary> {
  hierarchies ??= Promise.all([newPki("PayPal Simulator"), newPki("Somebody Else")]);
  const [own, foreign] = await hierarchies;
  return new Notary(own, foreign, base_url);
}

/** Signs webhooks and tells whether it did. */
export class Notary {
  constructor(
    private readonly own: Pki,
    private readonly foreign: Pki,
    private readonly base_url: () => string,
  ) {}

  /** What a shop must trust, PEM. */
  get root(): string {
    return this.own.root;
  }

  /** The chain behind a path, PEM. */
  certificateAt(path: string): string | undefined {
    const chains: Readonly<Record<string, string>> = {
      [`${CERTIFICATES}${OWN}`]: this.own.chain,
      [`${CERTIFICATES}${FOREIGN}`]: this.foreign.chain,
    };
    return chains[path];
  }

  /** Signs by the real clock: a store refuses what was not sent just now. @param signer whose key and certificate */
  transmit(body: string, webhook_id: string, signer: "own" | "foreign" = "own"): Transmission {
    const { private_key } = this[signer];
    const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    for (;;) {
      const id = randomUUID();
      const message = signedMessage({ id, time, webhook_id, body });
      const signature = sign("sha256", message, private_key).toString("base64");
      if (TAKEN_SIGNATURE.test(signature)) {
        return {
          id,
          time,
          signature,
          cert_url: `${this.base_url()}${CERTIFICATES}${signer === "own" ? OWN : FOREIGN}`,
        };
      }
    }
  }

  /** Whether a webhook with this body is signed by it. */
  attests({ id, time, signature, cert_url }: Transmission, webhook_id: string, body: string): boolean {
    return (
      cert_url === `${this.base_url()}${CERTIFICATES}${OWN}` &&
      verify(
        "sha256",
        signedMessage({ id, time, webhook_id, body }),
        this.own.leaf,
        Buffer.from(signature, "base64"),
      )
    );
  }
}

/** What is signed (docs: Integrate webhooks, self verification). Of the body it holds a CRC32 only. */
export function signedMessage({
  id,
  time,
  webhook_id,
  body,
}: Readonly<{ id: string; time: string; webhook_id: string; body: string }>): Buffer {
  return Buffer.from(`${id}|${time}|${webhook_id}|${crc32(body)}`);
}
