import { address as codec, crypto, payments, Psbt } from "bitcoinjs-lib";
import type { BIP32Interface } from "bip32";
import { readAccountKey, type AccountKey } from "../../src/providers/bitcoin/account-key";
import { receiveAddress } from "../../src/providers/bitcoin/addresses";
import { CHAINS, type AccountScript, type Chain } from "../../src/providers/bitcoin/chains";
import { bip32 } from "../../src/providers/bitcoin/curve";
import { descriptorChecksum } from "../../src/providers/bitcoin/descriptor-checksum";
import { readAddress } from "../../src/providers/bitcoin/given-address";
import { startBcoin } from "../nodes/bcoin";
import { Electrum } from "../nodes/electrum";
import { startLitecoind } from "../nodes/litecoind";
import { Purse } from "../nodes/purse";
import type { TestNode } from "../nodes/test-node";
import { inVersion } from "./key-versions";

const INDEXES = 100;
const all = Array.from({ length: INDEXES }, (_, index) => index);
const SEED = Buffer.from("a seed that no wallet has ever had");

const PURPOSES: Readonly<Record<AccountScript, number>> = { p2wpkh: 84, p2tr: 86, p2sh_p2wpkh: 49 };
const WRAPPERS: Readonly<Record<AccountScript, readonly [string, string]>> = {
  p2wpkh: ["wpkh(", ")"],
  p2tr: ["tr(", ")"],
  p2sh_p2wpkh: ["sh(wpkh(", "))"],
};

/** The operator's own side: an account with its private key. */
function privateAccount(chain: Chain, script: AccountScript): BIP32Interface {
  const root = bip32.fromSeed(SEED, chain.network);
  return root.derivePath(`m/${PURPOSES[script]}'/${chain.coin_type}'/0'`);
}

function descriptorOf(chain: Chain, script: AccountScript): string {
  const fingerprint = Buffer.from(bip32.fromSeed(SEED, chain.network).fingerprint).toString("hex");
  const key = privateAccount(chain, script).neutered().toBase58();
  const [open, close] = WRAPPERS[script];
  const body = `${open}[${fingerprint}/${PURPOSES[script]}h/${chain.coin_type}h/0h]${key}/0/*${close}`;
  return `${body}#${descriptorChecksum(body)}`;
}

const addressesOf = (account: AccountKey) => all.map((index) => receiveAddress(account, index).address);

describe("receive addresses of the first hundred indexes", () => {
  let node: TestNode;

  beforeAll(async () => {
    node = await startLitecoind();
  });
  afterAll(() => node?.stop());

  it.each(["p2wpkh", "p2sh_p2wpkh"] as const)("are those that the node derives: %s", async (script) => {
    const descriptor = descriptorOf(node.chain, script);
    const derived = await node.rpc<string[]>("deriveaddresses", descriptor, [0, INDEXES - 1]);
    expect(derived).toHaveLength(INDEXES);
    expect(addressesOf(readAccountKey(node.chain, descriptor))).toEqual(derived);
  });

  it.each([
    ["p2wpkh", "vpub"],
    ["p2sh_p2wpkh", "upub"],
  ] as const)("are those that Electrum derives: %s, from %s", async (script, prefix) => {
    const chain = CHAINS["bitcoin-regtest"];
    const version = chain.key_versions.find(({ public_prefix }) => public_prefix === prefix);
    const key = inVersion(privateAccount(chain, script).neutered().toBase58(), version?.public ?? 0);
    const electrum = await Electrum.restore(key);
    try {
      const account = readAccountKey(chain, key);
      expect(account.script).toBe(script);
      expect(addressesOf(account)).toEqual(await electrum.receiveAddresses(INDEXES));
    } finally {
      electrum.remove();
    }
  });

  it.each(["p2wpkh", "p2tr", "p2sh_p2wpkh"] as const)(
    "are known to the node as what they are, with their script: %s",
    async (script) => {
      const account = readAccountKey(node.chain, descriptorOf(node.chain, script));
      for (const index of all) {
        const receive = receiveAddress(account, index);
        const known = await node.rpc<{ isvalid: boolean; scriptPubKey: string }>(
          "validateaddress",
          receive.address,
        );
        expect(known).toMatchObject({ isvalid: true, scriptPubKey: receive.script });
        expect(readAddress(node.chain, receive.address)).toMatchObject({
          address: receive.address,
          script: receive.script,
        });
      }
    },
  );

  // The node derives no taproot addresses; that its consensus lets their owner spend them says the same and more.
  it("can be spent by the account's owner: all hundred p2tr, by key path, in one transaction", async () => {
    const purse = new Purse(node);
    await purse.fill(5);
    const owner = privateAccount(node.chain, "p2tr").derive(0);
    const account = readAccountKey(node.chain, descriptorOf(node.chain, "p2tr"));
    const received = all.map((index) => receiveAddress(account, index));
    const funding = await purse.pay(received.map(({ address }) => ({ to: address, sats: 100_000n })));
    const psbt = new Psbt({ network: node.chain.network });
    received.forEach(({ script, public_key }, vout) =>
      psbt.addInput({
        hash: funding.txid,
        index: vout,
        witnessUtxo: { script: Buffer.from(script, "hex"), value: 100_000n },
        tapInternalKey: Buffer.from(public_key, "hex").subarray(1),
      }),
    );
    psbt.addOutput({ address: purse.address, value: 9_900_000n });
    received.forEach(({ index }) => {
      const key = owner.derive(index);
      psbt.signInput(index, key.tweak(crypto.taggedHash("TapTweak", key.publicKey.subarray(1))));
    });
    const raw = psbt.finalizeAllInputs().extractTransaction().toHex();
    const [verdict] = await node.rpc<{ allowed: boolean }[]>("testmempoolaccept", [raw]);
    expect(verdict).toMatchObject({ allowed: true });
  });
});

describe("what a node makes of an address somebody gives", () => {
  it.each([
    ["litecoind", startLitecoind],
    ["bcoin", startBcoin],
  ])("agrees with what is read here, of every kind: %s", async (_name, start) => {
    const node = await start();
    try {
      const { network } = node.chain;
      const scripts = [
        payments.p2pkh({ hash: new Uint8Array(20).fill(1) }),
        payments.p2sh({ hash: new Uint8Array(20).fill(2) }),
        payments.p2wpkh({ hash: new Uint8Array(20).fill(3) }),
        payments.p2wsh({ hash: new Uint8Array(32).fill(4) }),
      ].map(({ output = new Uint8Array() }) => output);
      for (const script of scripts) {
        const given = readAddress(node.chain, codec.fromOutputScript(script, network));
        const known = await node.rpc<{ isvalid: boolean; scriptPubKey: string }>(
          "validateaddress",
          given.address,
        );
        expect(known).toMatchObject({ isvalid: true, scriptPubKey: given.script });
      }
    } finally {
      await node.stop();
    }
  });

  it("passes on an output at the dust limit, and none a satoshi below", async () => {
    // Regtest relays what is not standard unless it is told otherwise.
    const node = await startLitecoind({ args: ["-acceptnonstdtxn=0"] });
    try {
      const purse = new Purse(node);
      await purse.fill(5);
      const coin = await purse.coin();
      const verdicts = [];
      for (const script of ["p2wpkh", "p2tr", "p2sh_p2wpkh"] as const) {
        const account = readAccountKey(node.chain, descriptorOf(node.chain, script));
        const { address: to } = receiveAddress(account, 0);
        const { dust_limit_sats } = readAddress(node.chain, to);
        for (const sats of [dust_limit_sats, dust_limit_sats - 1n]) {
          const { raw } = purse.sign([coin], [{ to, sats }]);
          const [verdict] = await node.rpc<{ allowed: boolean; "reject-reason"?: string }[]>(
            "testmempoolaccept",
            [raw],
          );
          verdicts.push(verdict?.allowed === true ? "taken" : verdict?.["reject-reason"]);
        }
      }
      expect(verdicts).toEqual(["taken", "dust", "taken", "dust", "taken", "dust"]);
    } finally {
      await node.stop();
    }
  });
});
