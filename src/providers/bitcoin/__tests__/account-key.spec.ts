import { inspect } from "node:util";
import bs58check from "bs58check";
import { AccountKeyError, type AccountKeyProblem } from "../account-key-error";
import { readAccountKey } from "../account-key";
import { receiveAddress } from "../addresses";
import { CHAINS, type AccountScript, type ChainName } from "../chains";
import { bip32 } from "../curve";
import { descriptorChecksum } from "../descriptor-checksum";

/** The published vectors' seed: "abandon" eleven times, then "about" (BIP84, BIP86, SLIP-132). */
const WORDS = [...Array<string>(11).fill("abandon"), "about"].join(" ");
const ROOT =
  "xprv9s21ZrQH143K3GJpoapnV8SFfukcVBSfeCficPSGfubmSFDxo1kuHnLisriDvSnRRuL2Qrg5ggqHKNVpxR86QEC8w35uxmGoggxtQTPvfUu";
const BIP84 =
  "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";
const BIP86 =
  "xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ";
const SLIP132_YPUB =
  "ypub6Ww3ibxVfGzLrAH1PNcjyAWenMTbbAosGNB6VvmSEgytSER9azLDWCxoJwW7Ke7icmizBMXrzBx9979FfaHxHcrArf3zbeJJJUZPf663zsP";
const BIP49_UPUB =
  "upub5EFU65HtV5TeiSHmZZm7FUffBGy8UKeqp7vw43jYbvZPpoVsgU93oac7Wk3u6moKegAEWtGNF8DehrnHtv21XXEMYRUocHqguyjknFHYfgY";

const root = bip32.fromBase58(ROOT);
const FINGERPRINT = Buffer.from(root.fingerprint).toString("hex");
const publicAt = (path: string) => root.derivePath(path).neutered().toBase58();
const withChecksum = (body: string) => `${body}#${descriptorChecksum(body)}`;
const descriptor = (open: string, path: string, close: string, steps = "/0/*") =>
  withChecksum(
    `${open}[${FINGERPRINT}/${path}]${publicAt(`m/${path.replaceAll("h", "'")}`)}${steps}${close}`,
  );
const inVersion = (key: string, version: number) => {
  const bytes = Uint8Array.from(bs58check.decode(key));
  new DataView(bytes.buffer).setUint32(0, version);
  return bs58check.encode(bytes);
};

const firstAddress = (chain: ChainName, text: string, script?: AccountScript) =>
  receiveAddress(readAccountKey(CHAINS[chain], text, script), 0).address;

function problemOf(chain: ChainName, text: string, script?: AccountScript): [AccountKeyProblem, string] {
  try {
    readAccountKey(CHAINS[chain], text, script);
  } catch (error) {
    if (error instanceof AccountKeyError) {
      return [error.problem, error.message];
    }
    throw error;
  }
  throw new Error("The key was taken.");
}

describe("an account key gives the published addresses", () => {
  it("of BIP84, from zpub", () => {
    const account = readAccountKey(CHAINS.bitcoin, BIP84);
    expect(receiveAddress(account, 0)).toMatchObject({
      address: "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
      public_key: "0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c",
    });
    expect(receiveAddress(account, 1).address).toBe("bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
  });

  it("of BIP86, from xpub for P2TR", () => {
    const account = readAccountKey(CHAINS.bitcoin, BIP86, "p2tr");
    expect(receiveAddress(account, 0)).toMatchObject({
      address: "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
      script: "5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c",
    });
    expect(receiveAddress(account, 1)).toMatchObject({
      address: "bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh",
      script: "5120a82f29944d65b86ae6b5e5cc75e294ead6c59391a1edc5e016e3498c67fc7bbb",
    });
  });

  it("of SLIP-132 and BIP49, from ypub and upub", () => {
    expect(firstAddress("bitcoin", SLIP132_YPUB)).toBe("37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf");
    expect(firstAddress("bitcoin-testnet", BIP49_UPUB)).toBe("2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2");
  });

  it("in every version that stands for the same key", () => {
    for (const chain of Object.values(CHAINS)) {
      const own = chain.key_versions.filter(({ script }) => script !== "p2sh_p2wpkh");
      const addresses = own.map((version) => firstAddress(chain.name, inVersion(BIP84, version.public)));
      expect(new Set(addresses).size).toBe(1);
      expect(addresses[0]).toMatch(new RegExp(`^${chain.network.bech32}1q`));
    }
  });

  it("as a descriptor, with either sign of hardened steps and with two ranges", () => {
    const expected = firstAddress("bitcoin", BIP84);
    expect(firstAddress("bitcoin", descriptor("wpkh(", "84h/0h/0h", ")"))).toBe(expected);
    expect(firstAddress("bitcoin", descriptor("wpkh(", "84'/0'/0'", ")"))).toBe(expected);
    expect(firstAddress("bitcoin", descriptor("wpkh(", "84h/0h/0h", ")", "/<0;1>/*"))).toBe(expected);
    expect(firstAddress("bitcoin", descriptor("tr(", "86h/0h/0h", ")"))).toBe(
      firstAddress("bitcoin", BIP86, "p2tr"),
    );
    expect(firstAddress("bitcoin", descriptor("sh(wpkh(", "49h/0h/0h", "))"))).toBe(
      "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf",
    );
  });

  it("with where each lies in the signing wallet, if the descriptor tells", () => {
    const account = readAccountKey(CHAINS.bitcoin, descriptor("wpkh(", "84h/0h/0h", ")"));
    expect(account.derivationAt(7)).toEqual({ fingerprint: FINGERPRINT, path: "m/84'/0'/0'/0/7" });
    expect(readAccountKey(CHAINS.bitcoin, BIP84).derivationAt(7)).toBeUndefined();
  });

  it("from Electrum's own accounts, which lie at m/0'", () => {
    const key = inVersion(publicAt("m/0'"), 0x04b24746);
    expect(firstAddress("bitcoin", key)).toMatch(/^bc1q/);
  });
});

describe("an account key is told apart and kept to itself", () => {
  it("has an id that depends on key, kind and chain alone", () => {
    const id = (chain: ChainName, text: string, script?: AccountScript) =>
      readAccountKey(CHAINS[chain], text, script).id;
    const xpub = inVersion(BIP84, 0x0488b21e);
    expect(id("bitcoin", BIP84)).toBe(id("bitcoin", xpub));
    const others = [id("bitcoin", xpub, "p2tr"), id("litecoin", xpub), id("bitcoin", BIP86)];
    expect(new Set([id("bitcoin", BIP84), ...others]).size).toBe(4);
  });

  it("shows the key neither in JSON nor in a log", () => {
    const account = readAccountKey(CHAINS.bitcoin, BIP84);
    const shown = JSON.stringify(account) + inspect(account, { depth: 9, showHidden: true });
    expect(shown).toContain(account.id);
    expect(shown).not.toContain(BIP84.slice(4, 30));
    expect(shown).not.toMatch(/chainCode|publicKey/);
  });

  it.each([-1, 1.5, 2 ** 31, Number.NaN])("refuses %s as an index", (index) => {
    expect(() => receiveAddress(readAccountKey(CHAINS.bitcoin, BIP84), index)).toThrow(RangeError);
  });
});

describe("a private key is refused and called exposed", () => {
  const account = root.derivePath("m/84'/0'/0'");
  const PRIVATE: [string, string][] = [
    ["xprv", account.toBase58()],
    ["zprv", inVersion(account.toBase58(), 0x04b2430c)],
    ["Litecoin's Ltpv", inVersion(account.toBase58(), 0x019d9cfe)],
    ["an extended private key of an unknown version", inVersion(account.toBase58(), 0x01020304)],
    ["a mistyped xprv", `${account.toBase58().slice(0, -1)}1`],
    ["the master key", ROOT],
    ["a descriptor with an xprv", withChecksum(`wpkh(${account.toBase58()}/0/*)`)],
    ["a descriptor with an xprv and no checksum", `wpkh(${account.toBase58()}/0/*)`],
    ["a key in wallet import format", "L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1"],
    ["an uncompressed one", "5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss"],
    ["a descriptor with one", "wpkh(L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1)"],
    ["twelve words", WORDS],
    ["words with commas and lines", WORDS.replaceAll(" ", ",\n")],
    ["words of another language", Array<string>(12).fill("あいこくしん").join("　")],
    ["a raw key", Buffer.from(account.privateKey ?? []).toString("hex")],
    ["a key under a password", "6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg"],
  ];
  it.each(PRIVATE)("%s", (_name, text) => {
    const [problem, message] = problemOf("bitcoin", `  ${text}\n`);
    expect(problem).toBe("private_key");
    expect(message).toContain("treat it as exposed");
    expect(message).not.toContain(text.slice(4, 14));
  });
});

describe("an account key that does not fit is refused with its reason", () => {
  const xpub = inVersion(BIP84, 0x0488b21e);
  const body = descriptor("wpkh(", "84h/0h/0h", ")").split("#")[0] ?? "";
  const CASES: [string, ChainName, string, AccountKeyProblem, RegExp][] = [
    ["another network's key", "bitcoin-regtest", BIP84, "wrong_network", /Bitcoin, Litecoin/],
    ["a test key on the main chain", "bitcoin", BIP49_UPUB, "wrong_network", /testnet/],
    ["Litecoin's key for Bitcoin", "bitcoin", inVersion(BIP84, 0x019da462), "wrong_network", /Litecoin/],
    [
      "an origin of another coin",
      "litecoin",
      descriptor("wpkh(", "84h/0h/0h", ")"),
      "wrong_network",
      /coin type 0'; Litecoin has 2'/,
    ],
    ["a mistyped key", "bitcoin", `${BIP84.slice(0, -1)}t`, "bad_checksum", /mistyped/],
    ["a cut key", "bitcoin", BIP84.slice(0, -3), "bad_checksum", /missing/],
    ["a descriptor without checksum", "bitcoin", body, "bad_checksum", /getdescriptorinfo/],
    ["a descriptor with a wrong one", "bitcoin", `${body}#qqqqqqqq`, "bad_checksum", /does not fit/],
    ["the master key", "bitcoin", root.neutered().toBase58(), "wrong_depth", /above its accounts/],
    ["a key of addresses", "bitcoin", publicAt("m/84'/0'/0'/0"), "wrong_depth", /below the account/],
    ["a key between", "bitcoin", publicAt("m/84'/0'"), "wrong_depth", /depth 2/],
    ["an account that is not hardened", "bitcoin", publicAt("m/84'/0'/0"), "wrong_depth", /depth 3/],
    [
      "an origin that does not lead to its key",
      "bitcoin",
      withChecksum(`wpkh([${FINGERPRINT}/84h/0h]${xpub}/0/*)`),
      "wrong_depth",
      /2 steps/,
    ],
    ["one key of several signers", "bitcoin", inVersion(BIP84, 0x02aa7ed3), "unsupported", /several signers/],
    ["zpub for other addresses", "bitcoin", inVersion(BIP84, 0x04b24746), "unsupported", /p2tr/],
    [
      "a script of several keys",
      "bitcoin",
      withChecksum(`wsh(multi(1,${xpub}/0/*))`),
      "unsupported",
      /one signer/,
    ],
    [
      "taproot with scripts",
      "bitcoin",
      withChecksum(`tr(${xpub}/0/*,pk(${xpub}/1/*))`),
      "unsupported",
      /whose last/,
    ],
    [
      "a hardened step after the key",
      "bitcoin",
      withChecksum(`wpkh(${xpub}/0h/*)`),
      "unsupported",
      /hardened step/,
    ],
    ["hardened addresses", "bitcoin", withChecksum(`wpkh(${xpub}/0/*h)`), "unsupported", /last step is/],
    ["a single key", "bitcoin", withChecksum(`wpkh(${xpub})`), "unsupported", /last step is/],
    ["a step too large", "bitcoin", withChecksum(`wpkh(${xpub}/2147483648/*)`), "unreadable", /2\^31/],
    [
      "a short fingerprint",
      "bitcoin",
      withChecksum(`wpkh([deadbef/84h/0h/0h]${xpub}/0/*)`),
      "unreadable",
      /eight hex/,
    ],
    ["an address", "bitcoin", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA", "unreadable", /perhaps an address/],
    ["nothing", "bitcoin", "   ", "unreadable", /Enter/],
    ["a very long text", "bitcoin", "x".repeat(2000), "unreadable", /Enter/],
    ["other characters", "bitcoin", "zpub0OIl", "unreadable", /characters/],
  ];
  it.each(CASES)("%s", (name, chain, text, problem, message) => {
    const found = problemOf(chain, text, name === "zpub for other addresses" ? "p2tr" : undefined);
    expect(found).toEqual([problem, expect.stringMatching(message)]);
    expect(text.trim().length < 20 || !found[1].includes(text.slice(10, 30))).toBe(true);
  });
});

describe("a descriptor's checksum", () => {
  it("is the one of BIP380's vectors", () => {
    expect(descriptorChecksum("raw(deadbeef)")).toBe("89f8spxm");
    expect(descriptorChecksum("raw(deedbeef)")).not.toBe("89f8spxm");
    expect(descriptorChecksum("raw(Ü)")).toBeUndefined();
  });
});
