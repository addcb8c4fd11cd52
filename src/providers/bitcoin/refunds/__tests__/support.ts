import { crypto, Psbt, toXOnly } from "bitcoinjs-lib";
import { AccountKey } from "../../account-key";
import { receiveAddress } from "../../addresses";
import { CHAINS, type AccountScript } from "../../chains";
import { bip32 } from "../../curve";
import type { CoinWithParent } from "../build-psbt";

export const CHAIN = CHAINS["bitcoin-regtest"];
const ACCOUNT_PATH = "m/84'/1'/0'";
const root = bip32.fromSeed(Buffer.alloc(32, 3), CHAIN.network);
/** What a payee gives: nobody's. */
export const PAYEE = { script: `0014${"ab".repeat(20)}`, sats: 20_000n };

/** An account, with its origin where asked for. */
export function accountOf(script: AccountScript, has_origin = true): AccountKey {
  const path = [84, 1, 0].map((step) => step + 0x80000000);
  const fingerprint = Buffer.from(root.fingerprint).toString("hex");
  return new AccountKey(CHAIN, root.derivePath(ACCOUNT_PATH).neutered(), {
    script,
    receive_path: [0],
    ...(has_origin && { origin: { fingerprint, path } }),
  });
}

/** A coin at the account's address of that index. */
export function coinAt(account: AccountKey, address_index: number, value_sats: bigint): CoinWithParent {
  const { script } = receiveAddress(account, address_index);
  const txid = (address_index + 1).toString(16).padStart(64, "0");
  return { txid, vout: 0, value_sats, address_index, script, parent: undefined };
}

/** Signs these inputs as the account's owner does, all of them when left out. */
export function signed(file: string, positions?: readonly number[], hash_type?: number): Psbt {
  const psbt = Psbt.fromBase64(file, { network: CHAIN.network });
  psbt.data.inputs.forEach(({ tapBip32Derivation, bip32Derivation }, at) => {
    if (positions && !positions.includes(at)) return;
    const key = root.derivePath((tapBip32Derivation ?? bip32Derivation)?.[0]?.path ?? "");
    if (hash_type !== undefined) psbt.updateInput(at, { sighashType: hash_type });
    const types = hash_type === undefined ? undefined : [hash_type];
    const internal = toXOnly(key.publicKey);
    psbt.signInput(
      at,
      tapBip32Derivation ? key.tweak(Buffer.from(crypto.taggedHash("TapTweak", internal))) : key,
      types,
    );
  });
  return psbt;
}
