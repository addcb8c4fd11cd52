import { payments } from "bitcoinjs-lib";
import type { AccountKey, KeyDerivation } from "./account-key";
import type { AccountScript, Chain } from "./chains";
import "./curve";

/** An address of the operator's account, and the output script by which its payments are found. */
export type ReceiveAddress = Readonly<{
  index: number;
  address: string;
  /** Lowercase hex. */
  script: string;
  /** The compressed key, lowercase hex. */
  public_key: string;
  /** What a signer of a nested segwit output needs besides; lowercase hex. */
  redeem_script?: string;
  derivation?: KeyDerivation;
}>;

type Output = Readonly<{ address: string; script: Uint8Array; redeem_script?: Uint8Array }>;

/** BIP84, BIP86 (key path alone), BIP49. */
const OUTPUTS: Readonly<Record<AccountScript, (chain: Chain, key: Uint8Array) => Output>> = {
  p2wpkh: ({ network }, pubkey) => known(payments.p2wpkh({ pubkey, network })),
  p2tr: ({ network }, key) => known(payments.p2tr({ internalPubkey: key.slice(1), network })),
  p2sh_p2wpkh: ({ network }, pubkey) => {
    const redeem = payments.p2wpkh({ pubkey, network });
    return { ...known(payments.p2sh({ redeem, network })), redeem_script: redeem.output };
  },
};

/**
 * The account's receive address of an index.
 *
 * @param index from 0 to 2^31 - 1 @throws RangeError for any other
 */
export function receiveAddress(account: AccountKey, index: number): ReceiveAddress {
  const public_key = account.publicKeyAt(index);
  const { address, script, redeem_script } = OUTPUTS[account.script](account.chain, public_key);
  return {
    index,
    address,
    script: hex(script),
    public_key: hex(public_key),
    redeem_script: redeem_script && hex(redeem_script),
    derivation: account.derivationAt(index),
  };
}

function known({ address, output }: Readonly<{ address?: string; output?: Uint8Array }>): Output {
  if (address === undefined || output === undefined) {
    throw new Error("The library computed no address of a public key.");
  }
  return { address, script: output };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
