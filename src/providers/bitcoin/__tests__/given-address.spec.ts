import { bech32m } from "bech32";
import { CHAINS, type ChainName } from "../chains";
import { AddressError, readAddress, type AddressProblem } from "../given-address";

function problemOf(chain: ChainName, text: string): [AddressProblem, string] {
  try {
    readAddress(CHAINS[chain], text);
  } catch (error) {
    if (error instanceof AddressError) {
      return [error.problem, error.message];
    }
    throw error;
  }
  throw new Error("The address was taken.");
}

describe("an address somebody gives", () => {
  const TAKEN: [string, ChainName, string, string, string, bigint][] = [
    [
      "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
      "bitcoin",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
      "p2wpkh",
      "0014751e76e8199196d454941c45d1b3a323f1433bd6",
      294n,
    ],
    [
      "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
      "bitcoin-signet",
      "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
      "p2wsh",
      "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
      330n,
    ],
    [
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
      "bitcoin",
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
      "p2tr",
      "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
      330n,
    ],
    [
      "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA",
      "bitcoin",
      "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA",
      "p2pkh",
      "76a914d986ed01b7a22225a70edbf2ba7cfb63a15cb3aa88ac",
      546n,
    ],
    [
      "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf",
      "bitcoin",
      "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf",
      "p2sh",
      "a9143fb6e95812e57bb4691f9a4a628862a61a4f769b87",
      540n,
    ],
  ];
  it.each(TAKEN)("is understood: %s", (text, chain, address, kind, script, dust_limit_sats) => {
    expect(readAddress(CHAINS[chain], ` ${text} `)).toEqual({ address, kind, script, dust_limit_sats });
  });

  it("has Litecoin's ten times higher dust limit", () => {
    const { address, dust_limit_sats } = readAddress(
      CHAINS.litecoin,
      "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9",
    );
    expect([address.slice(0, 5), dust_limit_sats]).toEqual(["ltc1q", 2_940n]);
  });

  const P2TR_BECH32 = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd";
  const NO_POINT = bech32m.encode("bc", [1, ...bech32m.toWords(new Uint8Array(32).fill(0xff))]);
  const REFUSED: [string, ChainName, string, AddressProblem][] = [
    [
      "a test address on the main chain",
      "bitcoin",
      "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
      "wrong_network",
    ],
    [
      "a main address on a test chain",
      "bitcoin-regtest",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
      "wrong_network",
    ],
    ["Bitcoin's for Litecoin", "litecoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "wrong_network"],
    [
      "Bitcoin's script address, which Litecoin's nodes take",
      "litecoin",
      "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf",
      "wrong_network",
    ],
    [
      "Bitcoin's base58 for a test chain",
      "bitcoin-testnet",
      "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA",
      "wrong_network",
    ],
    [
      "mixed case",
      "bitcoin-testnet",
      "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
      "mixed_case",
    ],
    ["mixed case of the prefix", "bitcoin", "Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "mixed_case"],
    ["v1 with bech32's checksum", "bitcoin", P2TR_BECH32, "wrong_checksum_kind"],
    [
      "v0 with bech32m's checksum",
      "bitcoin",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
      "wrong_checksum_kind",
    ],
    ["v2", "bitcoin", "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "unknown_witness_version"],
    ["v16", "bitcoin", "BC1SW50QGDZ25J", "unknown_witness_version"],
    [
      "v17, which is none",
      "bitcoin",
      "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
      "unknown_witness_version",
    ],
    [
      "v1 of 40 bytes",
      "bitcoin",
      "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
      "unsupported",
    ],
    ["v1 of one byte", "bitcoin", "bc1pw5dgrnzv", "unsupported"],
    [
      "v1 of 41 bytes",
      "bitcoin",
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
      "unsupported",
    ],
    ["v0 of 16 bytes", "bitcoin", "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "unsupported"],
    [
      "too much padding",
      "bitcoin",
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
      "unsupported",
    ],
    [
      "padding that is not zero",
      "bitcoin-testnet",
      "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
      "unsupported",
    ],
    ["no data", "bitcoin", "bc1gmk9yu", "bad_checksum"],
    ["a taproot key that is no point", "bitcoin", NO_POINT, "unsupported"],
    ["a wrong character", "bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "bad_checksum"],
    [
      "a character bech32 has not",
      "bitcoin",
      "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
      "bad_checksum",
    ],
    ["a wrong character in base58", "bitcoin", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabB", "bad_checksum"],
    ["Litecoin's confidential address", "litecoin", "ltcmweb1qqdqkx7s9r3xzz9m8pqu0jyw", "unsupported"],
    ["another scheme", "bitcoin", "lnbc20m1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyq", "unreadable"],
    ["an unknown prefix", "bitcoin", "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", "unreadable"],
    ["a URI", "bitcoin", "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "unreadable"],
    ["nothing", "bitcoin", "", "unreadable"],
    ["a very long text", "bitcoin", "1".repeat(100_000), "unreadable"],
  ];
  it.each(REFUSED)("is refused: %s", (_name, chain, text, problem) => {
    expect(problemOf(chain, text)).toEqual([problem, expect.stringMatching(/\.$/)]);
  });

  it("is named by its own network where it is another's", () => {
    expect(problemOf("litecoin", "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf")[1]).toMatch(
      /of Bitcoin, .*older form/,
    );
    expect(problemOf("bitcoin", "rltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kqqqqqq")[1]).toMatch(
      /Litecoin regtest/,
    );
  });
});
