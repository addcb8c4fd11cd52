import type { Network } from "bitcoinjs-lib";

/** The scripts an operator's receive addresses may have; the last is what wallets call "nested segwit". */
export type AccountScript = "p2wpkh" | "p2tr" | "p2sh_p2wpkh";

/** What the four version bytes of an extended key say, in SLIP-132's sense. */
export type KeyVersion = Readonly<{
  /** Its first letters as text, for messages. */
  public_prefix: string;
  public: number;
  private: number;
  /** The script that the version stands for; undefined where it says nothing of it. */
  script?: AccountScript;
}>;

/** The parameters of one chain. Amounts of all chains are counted in satoshis: 10^-8 of the coin. */
export type Chain = Readonly<{
  name: ChainName;
  coin: "bitcoin" | "litecoin";
  /** What the coin is called in front of an amount. */
  ticker: "BTC" | "LTC";
  /** As people call it, for messages. */
  title: string;
  is_test: boolean;
  /** Prefixes and version bytes, as bitcoinjs-lib takes them. */
  network: Network;
  /** Version bytes of extended keys that this chain's wallets write. */
  key_versions: readonly KeyVersion[];
  /** In the display order of bytes, as nodes answer it for height 0. */
  genesis_hash: string;
  uri_scheme: "bitcoin" | "litecoin";
  /** The second level of BIP44 paths, SLIP-44. */
  coin_type: number;
  /** Rate at which an output must be worth spending: `-dustrelayfee` of the coin's node. */
  dust_relay_fee_sats_per_kvb: bigint;
  /** Whether blocks carry a MimbleWimble extension (LIP-0002), which the ordinary formats do not know. */
  has_extension_blocks: boolean;
}>;

export type ChainName =
  | "bitcoin"
  | "bitcoin-testnet"
  | "bitcoin-testnet4"
  | "bitcoin-signet"
  | "bitcoin-regtest"
  | "litecoin"
  | "litecoin-testnet"
  | "litecoin-regtest";

/** SLIP-132, "Registered HD version bytes". */
const XPUB: KeyVersion = { public_prefix: "xpub", public: 0x0488b21e, private: 0x0488ade4 };
const TPUB: KeyVersion = { public_prefix: "tpub", public: 0x043587cf, private: 0x04358394 };
const MAIN_VERSIONS: readonly KeyVersion[] = [
  XPUB,
  { public_prefix: "ypub", public: 0x049d7cb2, private: 0x049d7878, script: "p2sh_p2wpkh" },
  { public_prefix: "zpub", public: 0x04b24746, private: 0x04b2430c, script: "p2wpkh" },
];
const TEST_VERSIONS: readonly KeyVersion[] = [
  TPUB,
  { public_prefix: "upub", public: 0x044a5262, private: 0x044a4e28, script: "p2sh_p2wpkh" },
  { public_prefix: "vpub", public: 0x045f1cf6, private: 0x045f18bc, script: "p2wpkh" },
];
/** Litecoin Core writes xpub; Electrum-LTC and hardware wallets write these, and zpub for native segwit. */
const LITECOIN_VERSIONS: readonly KeyVersion[] = [
  ...MAIN_VERSIONS,
  { public_prefix: "Ltub", public: 0x019da462, private: 0x019d9cfe },
  { public_prefix: "Mtub", public: 0x01b26ef6, private: 0x01b26792, script: "p2sh_p2wpkh" },
];
const LITECOIN_TEST_VERSIONS: readonly KeyVersion[] = [
  ...TEST_VERSIONS,
  { public_prefix: "ttub", public: 0x0436f6e1, private: 0x0436ef7d },
];

/** Signs of extended keys that say "several signers" (SLIP-132), which no single account can be. */
export const MULTISIG_VERSIONS: readonly KeyVersion[] = [
  { public_prefix: "Ypub", public: 0x0295b43f, private: 0x0295b005 },
  { public_prefix: "Zpub", public: 0x02aa7ed3, private: 0x02aa7a99 },
  { public_prefix: "Upub", public: 0x024289ef, private: 0x024285b5 },
  { public_prefix: "Vpub", public: 0x02575483, private: 0x02575048 },
];

const BITCOIN = {
  coin: "bitcoin",
  ticker: "BTC",
  uri_scheme: "bitcoin",
  // Bitcoin Core, policy/policy.h: DUST_RELAY_TX_FEE.
  dust_relay_fee_sats_per_kvb: 3_000n,
  has_extension_blocks: false,
} as const;

const LITECOIN = {
  coin: "litecoin",
  ticker: "LTC",
  uri_scheme: "litecoin",
  // Litecoin Core, policy/policy.h: DUST_RELAY_TX_FEE.
  dust_relay_fee_sats_per_kvb: 30_000n,
  has_extension_blocks: true,
} as const;

const network = (bech32: string, pubKeyHash: number, scriptHash: number, wif: number, key: KeyVersion) => ({
  messagePrefix: "",
  bech32,
  pubKeyHash,
  scriptHash,
  wif,
  bip32: { public: key.public, private: key.private },
});

const BITCOIN_TEST = {
  ...BITCOIN,
  is_test: true,
  network: network("tb", 0x6f, 0xc4, 0xef, TPUB),
  key_versions: TEST_VERSIONS,
  coin_type: 1,
} as const;

/** Sources: `chainparams.cpp` of Bitcoin Core and of Litecoin Core; SLIP-44 for coin types. */
export const CHAINS: Readonly<Record<ChainName, Chain>> = {
  bitcoin: {
    ...BITCOIN,
    name: "bitcoin",
    title: "Bitcoin",
    is_test: false,
    network: network("bc", 0x00, 0x05, 0x80, XPUB),
    key_versions: MAIN_VERSIONS,
    genesis_hash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    coin_type: 0,
  },
  "bitcoin-testnet": {
    ...BITCOIN_TEST,
    name: "bitcoin-testnet",
    title: "Bitcoin testnet",
    genesis_hash: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
  },
  "bitcoin-testnet4": {
    ...BITCOIN_TEST,
    name: "bitcoin-testnet4",
    title: "Bitcoin testnet4",
    genesis_hash: "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
  },
  "bitcoin-signet": {
    ...BITCOIN_TEST,
    name: "bitcoin-signet",
    title: "Bitcoin signet",
    genesis_hash: "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
  },
  "bitcoin-regtest": {
    ...BITCOIN_TEST,
    name: "bitcoin-regtest",
    title: "Bitcoin regtest",
    network: network("bcrt", 0x6f, 0xc4, 0xef, TPUB),
    genesis_hash: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
  },
  // scriptHash is the newer of the two that its nodes take: the older one is Bitcoin's own.
  litecoin: {
    ...LITECOIN,
    name: "litecoin",
    title: "Litecoin",
    is_test: false,
    network: network("ltc", 0x30, 0x32, 0xb0, XPUB),
    key_versions: LITECOIN_VERSIONS,
    genesis_hash: "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2",
    coin_type: 2,
  },
  "litecoin-testnet": {
    ...LITECOIN,
    name: "litecoin-testnet",
    title: "Litecoin testnet",
    is_test: true,
    network: network("tltc", 0x6f, 0x3a, 0xef, TPUB),
    key_versions: LITECOIN_TEST_VERSIONS,
    genesis_hash: "4966625a4b2851d9fdee139e56211a0d88575f59ed816ff5e6a63deb4e3e29a0",
    coin_type: 1,
  },
  "litecoin-regtest": {
    ...LITECOIN,
    name: "litecoin-regtest",
    title: "Litecoin regtest",
    is_test: true,
    network: network("rltc", 0x6f, 0x3a, 0xef, TPUB),
    key_versions: LITECOIN_TEST_VERSIONS,
    genesis_hash: "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9",
    coin_type: 1,
  },
};

export const CHAIN_NAMES = Object.keys(CHAINS) as readonly ChainName[];

/** The chain's parameters. @throws Error for a name that is none, with those there are */
export function chainNamed(name: string): Chain {
  const chain = Object.hasOwn(CHAINS, name) ? CHAINS[name as ChainName] : undefined;
  if (!chain) {
    throw new Error(`"${name}" is no chain. Use one of: ${CHAIN_NAMES.join(", ")}.`);
  }
  return chain;
}
