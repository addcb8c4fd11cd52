import { CHAINS } from "../../chains";
import { decodeBlock, decodeTransaction, readTxid, Undecodable } from "../decoding";

/** Bitcoin's block 170, of 2009-01-12, with the first payment there was. */
const HASH = "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee";
const HEADER =
  "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de" +
  "2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70";
const COINBASE =
  "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff0704ffff001d0102ffffffff0100f2052a" +
  "01000000434104d46c4968bde02899d2aa0963367c7a6ce34eec332b32e42e5f3407e052d64ac625da6f0718e7b302140434bd725706957c09" +
  "2db53805b821a85b23a7ac61725bac00000000";
const PAYMENT =
  "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961" +
  "a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901" +
  "ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df" +
  "5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1" +
  "482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000";
const TXID = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16";

const bytes = (hex: string) => Buffer.from(hex, "hex");
const block = (hex: string, chain = CHAINS.bitcoin) => decodeBlock(chain, bytes(hex), HASH);
const WHOLE = `${HEADER}02${COINBASE}${PAYMENT}`;

describe("a block's bytes", () => {
  it("are decoded exactly", () => {
    const { hash, previous_hash, time_s, transactions } = block(WHOLE);
    expect([hash, time_s]).toEqual([HASH, 1231731025]);
    expect(previous_hash).toBe("000000002a22cfee1f2c846adbd12b3e183d4f97683f85dad08a79780a84bd55");
    expect(transactions).toHaveLength(2);
    expect(transactions[0]).toMatchObject({ is_coinbase: true, inputs: [] });
    expect(transactions[1]).toMatchObject({
      txid: TXID,
      is_coinbase: false,
      inputs: [{ txid: "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9", vout: 0 }],
      outputs: [
        { vout: 0, value_sats: 1_000_000_000n },
        { vout: 1, value_sats: 4_000_000_000n },
      ],
    });
  });

  it.each([
    ["another block's header", WHOLE.replace("283e9e70", "293e9e70")],
    ["an altered amount", WHOLE.replace("00ca9a3b", "01ca9a3b")],
    ["a transaction left out", `${HEADER}01${COINBASE}`],
    ["transactions in another order", `${HEADER}02${PAYMENT}${COINBASE}`],
    ["a transaction cut off", WHOLE.slice(0, -10)],
    ["more transactions than there are", WHOLE.replace(`${HEADER}02`, `${HEADER}03`)],
    ["an impossible number of them", WHOLE.replace(`${HEADER}02`, `${HEADER}ff`)],
    ["none", `${HEADER}00`],
    ["bytes after the last", `${WHOLE}00`],
    ["the header alone", HEADER],
    ["nothing", ""],
  ])("are refused with %s", (_name, hex) => {
    expect(() => block(hex)).toThrow(Undecodable);
  });

  it("may end with an extension block on a chain that has them", () => {
    expect(block(`${WHOLE}0011223344`, CHAINS.litecoin).transactions).toHaveLength(2);
  });
});

describe("a transaction's bytes", () => {
  it("are decoded as the one that was asked for", () => {
    expect(decodeTransaction(CHAINS.bitcoin, bytes(PAYMENT), TXID).txid).toBe(TXID);
    expect(readTxid(CHAINS.bitcoin, PAYMENT)).toBe(TXID);
    expect(readTxid(CHAINS.bitcoin, "no hex")).toBeUndefined();
  });

  it.each([
    ["another one's", COINBASE],
    ["too many", `${PAYMENT}00`],
    ["too few", PAYMENT.slice(0, -2)],
    ["none", ""],
    ["with more inputs than fit", PAYMENT.replace("0100000001c997", "01000000fdc997")],
  ])("are refused when they are %s", (_name, hex) => {
    expect(() => decodeTransaction(CHAINS.bitcoin, bytes(hex), TXID)).toThrow(Undecodable);
  });
});
