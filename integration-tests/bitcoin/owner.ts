import type { BIP32Interface } from "bip32";
import { crypto, Psbt, toXOnly } from "bitcoinjs-lib";
import type { Chain } from "../../src/providers/bitcoin/chains";

/** Signs as the account's owner does, in a wallet that finds its keys by what the file says of them. */
export function signAsOwner(chain: Chain, root: BIP32Interface, file: string): string {
  const psbt = Psbt.fromBase64(file, { network: chain.network });
  psbt.data.inputs.forEach(({ tapBip32Derivation, bip32Derivation }, at) => {
    const path = (tapBip32Derivation ?? bip32Derivation)?.[0]?.path;
    if (path === undefined) {
      throw new Error(`Nothing says whose key input ${at} wants.`);
    }
    const key = root.derivePath(path);
    psbt.signInput(at, tapBip32Derivation ? tweaked(key) : key);
  });
  return psbt.toBase64();
}

/** BIP86: the key path of an output without scripts. */
function tweaked(key: BIP32Interface) {
  return key.tweak(Buffer.from(crypto.taggedHash("TapTweak", toXOnly(key.publicKey))));
}
