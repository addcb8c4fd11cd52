import { GatewayUnavailable } from "../../../gateway/errors";
import { money } from "../../../gateway/money";
import { BitcoinGateway, type GatewayWallet } from "../gateway";
import { parseOptions } from "../options";

/** The first account of BIP39's example words on test chains, at m/84'/1'/0'. */
const ACCOUNT =
  "tpubDC8msFGeGuwnKG9Upg7DM2b4DaRqg3CUZa5g8v2SRQ6K4NSkxUgd7HsL2XVWbVm39yBA4LAxysQAm397zwQSQoQgewGiYZqrA9DsP4zbQ1M";
const GIVEN_OUT = "an address was given out";

/** Of the wallet only what is needed until an address is given out. */
const wallet = {
  chains: { cursor: async () => ({ looked_at: new Date() }) },
  invoices: {
    open: async () => {
      throw new Error(GIVEN_OUT);
    },
  },
} as unknown as GatewayWallet;

/** Asks for coins at 60,000 EUR each; no node is asked for that. */
function ask(amount_minor: bigint) {
  const options = parseOptions({
    chain: "bitcoin-regtest",
    account: ACCOUNT,
    node: { url: "http://127.0.0.1:1", username: "store", password: "secret" },
    rates: { fixed: { EUR: "60000" } },
  });
  const gateway = new BitcoinGateway("pp_bitcoin_main", options, () => wallet);
  const input = { attempt_id: "payatt_1", amount: money(amount_minor, "EUR"), method: "bitcoin", data: {} };
  const call = { idempotency_key: "key", signal: AbortSignal.timeout(5_000) };
  return gateway.createPayment(input, call);
}

describe("an amount that no node would pass on", () => {
  it("is refused before an address is given out, and the other ways to pay stay", async () => {
    const error: unknown = await ask(17n).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(GatewayUnavailable);
    expect(error).toMatchObject({
      message: "0.17 EUR is too little to be sent on chain.",
      refused_by_us: true,
    });
  });

  it("is not what is just enough", async () => {
    await expect(ask(18n)).rejects.toThrow(GIVEN_OUT);
  });
});
