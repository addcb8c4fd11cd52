import { GatewayUnavailable } from "../../../gateway/errors";
import { money } from "../../../gateway/money";
import { BitcoinGateway, type GatewayWallet } from "../gateway";
import { parseOptions } from "../options";

/** BIP84's first account. */
const ACCOUNT =
  "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";
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
    chain: "bitcoin",
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
