import type { AccountScript } from "../../src/providers/bitcoin/chains";
import { descriptorChecksum } from "../../src/providers/bitcoin/descriptor-checksum";

const AROUND: Readonly<Record<AccountScript, (key: string) => string>> = {
  p2wpkh: (key) => `wpkh(${key})`,
  p2tr: (key) => `tr(${key})`,
  p2sh_p2wpkh: (key) => `sh(wpkh(${key}))`,
};

/** The descriptor of an account's receive addresses, with its origin. @param path such as `m/84'/1'/0'` */
export function descriptorOf(
  script: AccountScript,
  fingerprint: Uint8Array,
  path: string,
  account_key: string,
): string {
  const origin = `[${Buffer.from(fingerprint).toString("hex")}${path.slice(1)}]`;
  const body = AROUND[script](`${origin}${account_key}/0/*`);
  return `${body}#${descriptorChecksum(body)}`;
}
