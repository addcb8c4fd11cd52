import { AccountKeyError } from "./account-key-error";
import type { AccountScript } from "./chains";
import { descriptorChecksum } from "./descriptor-checksum";

const HARDENED = 0x80000000;

/** Where a key comes from: the fingerprint of the wallet's master key, and the steps from there (BIP380). */
export type KeyOrigin = Readonly<{
  /** Eight lowercase hex digits. */
  fingerprint: string;
  /** Indexes; those from 2^31 on are hardened. */
  path: readonly number[];
}>;

/** A descriptor of one account, taken apart. */
export type AccountDescriptor = Readonly<{
  script: AccountScript;
  /** An extended key as text, not yet looked at. */
  key: string;
  origin?: KeyOrigin;
  /** The steps from the key to the receive addresses' index; none is hardened. */
  receive_path: readonly number[];
}>;

/** Script expressions that are taken (BIP380 to BIP386), and what closes them. */
const EXPRESSIONS: readonly Readonly<{ script: AccountScript; opens: string; closes: string }>[] = [
  { script: "p2wpkh", opens: "wpkh(", closes: ")" },
  { script: "p2tr", opens: "tr(", closes: ")" },
  { script: "p2sh_p2wpkh", opens: "sh(wpkh(", closes: "))" },
];

/** Origin, key, steps; the last one ranges. */
const KEY_EXPRESSION = /^(?:\[([^\]]*)\])?([1-9A-HJ-NP-Za-km-z]+)((?:\/[^/]+)*)\/\*$/;
const ORIGIN = /^([0-9a-f]{8})((?:\/\d+[hH']?)*)$/i;

/** Whether a text is meant to be a descriptor. */
export const looksLikeDescriptor = (text: string): boolean => /[()#[\]]/.test(text);

/**
 * Takes an output descriptor of one account apart: `wpkh(…)`, `tr(…)` or `sh(wpkh(…))` around one extended key whose
 * last step ranges. Of a `<0;1>` step (BIP389), the first is the receive addresses.
 *
 * @param text with its checksum (BIP380)
 * @throws AccountKeyError that says what is wrong with it
 */
export function readDescriptor(text: string): AccountDescriptor {
  const body = checked(text);
  const expression = EXPRESSIONS.find(({ opens, closes }) => body.startsWith(opens) && body.endsWith(closes));
  if (!expression) {
    throw new AccountKeyError(
      "unsupported",
      "Only descriptors of one signer are taken: wpkh(…), tr(…) with the key alone, or sh(wpkh(…)).",
    );
  }
  const inner = body.slice(expression.opens.length, -expression.closes.length);
  const [, origin, key, steps] = KEY_EXPRESSION.exec(inner) ?? [];
  if (key === undefined || steps === undefined) {
    throw new AccountKeyError(
      "unsupported",
      "The descriptor must hold one extended public key whose last step is *, such as wpkh([fingerprint/84h/0h/0h]xpub…/0/*).",
    );
  }
  return {
    script: expression.script,
    key,
    origin: origin === undefined ? undefined : readOrigin(origin),
    receive_path: steps.split("/").slice(1).map(readStep),
  };
}

function checked(text: string): string {
  const at = text.lastIndexOf("#");
  if (at < 0) {
    throw new AccountKeyError(
      "bad_checksum",
      "The descriptor's checksum is missing: # and eight characters at its end. The wallet shows it; a node's " +
        "getdescriptorinfo computes it.",
    );
  }
  const body = text.slice(0, at);
  if (descriptorChecksum(body) !== text.slice(at + 1)) {
    throw new AccountKeyError(
      "bad_checksum",
      "The descriptor does not fit its checksum: a character is missing or mistyped. Copy it again from the wallet.",
    );
  }
  return body;
}

function readOrigin(text: string): KeyOrigin {
  const [, fingerprint, path] = ORIGIN.exec(text) ?? [];
  if (fingerprint === undefined || path === undefined) {
    throw new AccountKeyError(
      "unreadable",
      "The descriptor's key origin must be a fingerprint of eight hex digits and steps, such as [d34db33f/84h/0h/0h].",
    );
  }
  const steps = path.split("/").slice(1);
  return {
    fingerprint: fingerprint.toLowerCase(),
    path: steps.map((step) => indexOf(step.replace(/[hH']$/, "")) + (/[hH']$/.test(step) ? HARDENED : 0)),
  };
}

function readStep(step: string): number {
  if (/[hH']$/.test(step)) {
    throw new AccountKeyError(
      "unsupported",
      "The descriptor has a hardened step after its public key, which only the private key could take. Export the " +
        "public key of the account itself.",
    );
  }
  return indexOf(/^<(\d+)(?:;\d+)+>$/.exec(step)?.[1] ?? step);
}

function indexOf(digits: string): number {
  const index = /^\d{1,10}$/.test(digits) ? Number(digits) : HARDENED;
  if (index >= HARDENED) {
    throw new AccountKeyError("unreadable", "A step in the descriptor is no number below 2^31.");
  }
  return index;
}
