import { Psbt } from "bitcoinjs-lib";
import { InvoiceReader } from "../../src/providers/bitcoin/invoices/invoice-reader";
import { PaymentPolicySchema } from "../../src/providers/bitcoin/invoices/policy";
import { fixed, RateBook } from "../../src/providers/bitcoin/rates";
import { satsBeyond } from "../../src/providers/bitcoin/refunds/amounts";
import { RefundOptionsSchema } from "../../src/providers/bitcoin/refunds/options";
import type { StoredInvoice } from "../../src/providers/bitcoin/wallet/wallet-store";
import { startLitecoind } from "../nodes/litecoind";
import { signAsOwner } from "./owner";
import { RefundScene } from "./refund-scene";

/** 30.00 EUR: 60,000 satoshis. */
const PRICE_MINOR = 3_000n;
const HOUR_MS = 3_600_000;
/** More blocks than coins beyond a payment lie under before they may be given back. */
const policy = PaymentPolicySchema.parse({ confirmations: [{ blocks: 10 }] });

const eur = (amount_minor: bigint) => ({ amount_minor, currency: "EUR" });
const waitMs = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe("what is given back of a payment", () => {
  let scene: RefundScene;
  let seed = 700;

  beforeAll(async () => {
    scene = await RefundScene.open(await startLitecoind());
  });
  afterAll(() => scene?.close());

  const newAccount = () => scene.account("p2wpkh", (seed += 1));

  /** What counts as beyond the payment of an invoice. @param now the server's clock */
  const beyond = (account: ReturnType<typeof newAccount>, invoice: StoredInvoice, now?: () => Date) =>
    satsBeyond(
      {
        provider_id: invoice.provider_id,
        account,
        source: scene.source,
        rates: new RateBook({ sources: [fixed({})], rules: { minimum_sources: 1 } }),
        wallet: scene.database.stores,
        policy,
        options: RefundOptionsSchema.parse({}),
        ...(now && { now }),
      },
      invoice,
    );
  const phaseOf = async ({ id }: StoredInvoice) =>
    (await new InvoiceReader(() => scene.database.stores, scene.node.chain.name, policy).read(id)).standing
      .phase;

  it("is nothing as coins beyond it while all of it confirms, also where it was paid in the last moment", async () => {
    const account = newAccount();
    const invoice = await scene.openInvoice(account, PRICE_MINOR, 100);
    await waitMs(200);
    await scene.purse.pay([{ to: invoice.address, sats: invoice.due_sats }]);
    await scene.follow();
    await scene.mine(7);
    expect(await phaseOf(invoice)).toBe("confirming");
    expect(await beyond(account, invoice)).toBe(0n);
  });

  it("is nothing as coins beyond it before a look at the chain has found that its time is over", async () => {
    const account = newAccount();
    const invoice = await scene.openInvoice(account, PRICE_MINOR);
    await scene.purse.pay([{ to: invoice.address, sats: 25_000n }]);
    await scene.mine(7);
    await scene.purse.pay([{ to: invoice.address, sats: invoice.due_sats - 25_000n }]);
    // Paid in time, and nobody has looked since: the node could not be asked for two hours.
    expect(await beyond(account, invoice, () => new Date(Date.now() + 2 * HOUR_MS))).toBe(0n);
    await scene.follow();
    expect(await phaseOf(invoice)).toBe("confirming");
  });

  it("is never more than was paid, also where a refund that was given up is sent all the same", async () => {
    const account = newAccount();
    const invoice = await scene.paidInvoice(account, PRICE_MINOR);
    const desk = scene.desk(account);
    const given_up = await desk.intend("given-up", invoice, eur(1_000n));
    await desk.giveDestination(given_up.payee_token, scene.purse.address);
    const { text } = await desk.exportFile(given_up.id);
    await desk.drop(given_up.id);
    const signed = Psbt.fromBase64(signAsOwner(scene.node.chain, scene.ownerOf("p2wpkh", seed).root, text));
    await scene.node.rpc("sendrawtransaction", signed.finalizeAllInputs().extractTransaction(true).toHex());
    await scene.mine(1);
    await desk.followUp();
    await expect(desk.intend("all-of-it", invoice, eur(PRICE_MINOR))).rejects.toThrow("more than is left");
  });
});
