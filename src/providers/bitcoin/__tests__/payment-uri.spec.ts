import { CHAINS, CHAIN_NAMES, chainNamed } from "../chains";
import { coinsText } from "../coin-amount";
import { paymentUri, paymentUriForQr } from "../payment-uri";

const address = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

describe("a payment's URI", () => {
  it.each([
    [0n, "0"],
    [1n, "0.00000001"],
    [100_000_000n, "1"],
    [2_030_000_000n, "20.3"],
    [123_456_789_012n, "1234.56789012"],
    [2_100_000_000_000_000n, "21000000"],
  ])("writes %s satoshis as %s", (sats, text) => {
    expect(coinsText(sats)).toBe(text);
  });

  it.each([0n, -1n])("refuses %s satoshis", (sats) => {
    expect(() => paymentUri(CHAINS.bitcoin, { address, amount_sats: sats })).toThrow(RangeError);
  });

  it("has amount, label and message, percent-encoded", () => {
    const request = { address, amount_sats: 5_000n, label: "Käse & Co", message: "Order #7 = 50 %?" };
    const uri = paymentUri(CHAINS.bitcoin, request);
    expect(uri).toBe(
      `bitcoin:${address}?amount=0.00005&label=K%C3%A4se%20%26%20Co&message=Order%20%237%20%3D%2050%20%25%3F`,
    );
    const read = new URL(uri);
    expect(read.searchParams.get("label")).toBe(request.label);
    expect(read.searchParams.get("message")).toBe(request.message);
  });

  it("is the address alone when there is no more to say", () => {
    expect(paymentUri(CHAINS.bitcoin, { address })).toBe(`bitcoin:${address}`);
  });

  it("has Litecoin's scheme for Litecoin", () => {
    expect(paymentUri(CHAINS["litecoin-regtest"], { address: "rltc1q" })).toBe("litecoin:rltc1q");
  });

  it("is in capitals for a QR code where the address may be", () => {
    const amount_sats = 150_000n;
    expect(paymentUriForQr(CHAINS.bitcoin, { address, amount_sats })).toBe(
      `BITCOIN:${address.toUpperCase()}?amount=0.0015`,
    );
    const base58 = "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf";
    expect(paymentUriForQr(CHAINS.bitcoin, { address: base58 })).toBe(`bitcoin:${base58}`);
  });
});

describe("a chain", () => {
  it("is known by its name", () => {
    for (const name of CHAIN_NAMES) {
      expect(chainNamed(name).name).toBe(name);
    }
    expect(() => chainNamed("dogecoin")).toThrow(/Use one of: bitcoin, /);
    expect(() => chainNamed("toString")).toThrow(/no chain/);
  });

  it("shares its genesis block with no other", () => {
    expect(new Set(Object.values(CHAINS).map(({ genesis_hash }) => genesis_hash)).size).toBe(
      CHAIN_NAMES.length,
    );
  });
});
