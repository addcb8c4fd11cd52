import type { Page } from "playwright-core";
import type { Language } from "../browser/support/browser";
import { signAsOwner } from "../bitcoin/owner";
import { startLitecoind } from "../nodes/litecoind";
import type { TestNode } from "../nodes/test-node";
import { coinStore, CoinShop, DUE_SATS } from "../support/coin-shop";
import { logInCustomer } from "../support/customer";
import { Operator } from "../support/operator";
import { paidOrder } from "../support/paid-order";
import { cardOf } from "../support/shopper";
import { enableProviders } from "../support/store";
import { contentOf, picture, violationsIn, withDashboard, type Width } from "./support/dashboard";

const LOOKS: readonly (readonly [Language, Width])[] = [
  ["en", "desktop"],
  ["ar", "desktop"],
  ["en", "tablet"],
  ["ar", "tablet"],
];

/** Each language and each width once, where there is little to lay out. */
const TWO_LOOKS = LOOKS.filter(([language, width]) => (language === "en") === (width === "desktop"));

const WORDS = {
  en: {
    wallets: "Wallets",
    capture: "Capture",
    captured: "Captured",
    refund: "Refund",
    amount: "Amount",
    sign: "Sign",
    remove: /^Remove/,
    removed: "This customer has saved no payment method.",
    none: "No installed payment provider keeps a wallet",
  },
  ar: {
    wallets: "المحافظ",
    capture: "تحصيل",
    captured: "المحصَّل",
    refund: "استرداد",
    amount: "المبلغ",
    sign: "توقيع",
    remove: /^إزالة/,
    removed: "لم يحفظ هذا العميل أي طريقة دفع.",
    none: "لا يوجد مزوّد دفع مثبّت يملك محفظة",
  },
} as const;

let node: TestNode;
let shop: CoinShop;

withDashboard(
  (running) => {
    const store = coinStore(running, () => shop);
    beforeEach(() =>
      enableProviders(running.container(), running.store().region_id, ["pp_sandbox_a", ...shop.provider_ids]),
    );
    afterAll(() => node.stop());

    const actionsIn = (page: Page) => page.getByRole("group", { name: /payment$|الدفعة$/ });

    /** An order that was paid with coins in full. */
    async function paidWithCoins() {
      const asked = await store.asked();
      await store.pay(asked.address, DUE_SATS);
      await store.mine();
      const [order] = await store.orders();
      return { ...asked, order_id: order.id as string, payment: order.payment_collections[0].payments[0] };
    }

    const giveDestination = (payee_url: string) =>
      fetch(payee_url, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ destination: shop.purse.address }).toString(),
      });

    describe("an order's page", () => {
      it.each(TWO_LOOKS)("captures a part once, and Medusa agrees (%s, %s)", async (language, width) => {
        const words = WORDS[language];
        const { order_id, payment } = await paidOrder(running);
        const { page, open, problems } = await running.dashboard(language, width);
        await open(`/orders/${order_id}`);
        await actionsIn(page).getByRole("button", { name: words.capture, exact: true }).click();
        const dialog = page.getByRole("dialog");
        const field = dialog.getByLabel(words.amount);
        await field.fill("70");
        expect(await field.getAttribute("aria-invalid")).toBe("true");
        await field.fill("20");
        await dialog.getByText(/49\.80/).waitFor();
        expect(await violationsIn(page, dialog)).toEqual([]);
        await picture(page, `admin-order-capture-${language}-${width}`);
        await dialog.getByRole("button", { name: /20\.00/ }).dblclick();
        await actionsIn(page)
          .getByText(/^\D*20\.00\D*$/)
          .waitFor();
        await dialog.waitFor({ state: "detached" });
        const { captures } = await payment();
        expect(captures.map(({ amount }: { amount: number }) => amount)).toEqual([20]);
        if (language === "en") await page.getByText("Partially captured").first().waitFor();
        expect(await violationsIn(page, page.locator("ol:has([data-attempt])"))).toEqual([]);
        await picture(page, `admin-order-actions-${language}-${width}`);
        expect(problems).toEqual([]);
      });

      it("refunds a part with a note, and voids what nothing was captured of", async () => {
        const paid = await paidOrder(running);
        await paid.operator.capture(paid.payment_id, 30);
        const { page, open, problems } = await running.dashboard();
        await open(`/orders/${paid.order_id}`);
        await actionsIn(page).getByRole("button", { name: "Refund" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Amount").fill("7.5");
        await dialog.getByLabel("Note").fill("A broken lid");
        await dialog.getByRole("button", { name: "Refund €7.50" }).click();
        await actionsIn(page).getByText("€7.50").waitFor();
        expect((await paid.payment()).refunds).toMatchObject([{ amount: 7.5, note: "A broken lid" }]);

        const other = await paidOrder(running);
        await open(`/orders/${other.order_id}`);
        await actionsIn(page).getByRole("button", { name: "Void" }).click();
        const question = page.getByRole("alertdialog");
        await question.getByText("Void €69.80?").waitFor();
        expect(await violationsIn(page, question)).toEqual([]);
        await question.getByRole("button", { name: "Void €69.80" }).click();
        await actionsIn(page).getByRole("button").first().waitFor({ state: "detached" });
        expect((await other.payment()).canceled_at).not.toBeNull();
        expect(problems).toEqual([]);
      });

      it.each(["en", "ar"] as const)("leads a refund by hand to the chain (%s)", async (language) => {
        const words = WORDS[language];
        const { order_id } = await paidWithCoins();
        const { page, open, problems } = await running.dashboard(language);
        await open(`/orders/${order_id}`);
        await actionsIn(page).getByRole("button", { name: words.refund }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(words.amount).fill("10");
        await dialog.getByRole("button", { name: /10\.00/ }).click();
        const refund = page.locator("[data-refund]");
        await refund.waitFor();
        await dialog.waitFor({ state: "detached" });
        await picture(page, `admin-order-refund-noted-${language}`);

        const operator = await Operator.logIn(running.base_url());
        const list = async () =>
          (await operator.send("GET", "/admin/tender/manual-refunds/pp_bitcoin_main")).body.manual_refunds;
        const [{ payee_url, id }] = await list();
        expect((await giveDestination(payee_url)).status).toBe(303);

        await open("/payments/wallets");
        await page.locator(`[data-refund="${id}"]`).getByRole("button", { name: words.sign }).click();
        await dialog.locator("section").getByRole("button").click();
        const link = dialog.locator("a[download]");
        const [, text = ""] = (await link.getAttribute("href"))?.split(",") ?? [];
        expect(await link.getAttribute("download")).toBe(`refund-${id}.psbt`);
        expect(await violationsIn(page, dialog)).toEqual([]);
        await picture(page, `admin-wallets-sign-${language}`);
        const signed = signAsOwner(node.chain, shop.wallet, decodeURIComponent(text));
        await dialog.locator('input[type="file"]').setInputFiles({
          name: "signed.psbt",
          mimeType: "application/octet-stream",
          buffer: Buffer.from(signed, "base64"),
        });
        await dialog.getByRole("button", { name: /10\.00/ }).click();
        await dialog.waitFor({ state: "detached" });
        expect(await list()).toMatchObject([{ id, status: "sent" }]);
        await store.mine();
        await open(`/orders/${order_id}`);
        await actionsIn(page)
          .getByText(/^\D*10\.00\D*$/)
          .first()
          .waitFor();
        expect(await list()).toMatchObject([{ id, status: "done" }]);
        expect(problems).toEqual([]);
      });
    });

    describe("the page of wallets", () => {
      it.each(TWO_LOOKS)("shows node, account, invoices and refunds (%s, %s)", async (language, width) => {
        const { payment } = await paidWithCoins();
        const operator = await Operator.logIn(running.base_url());
        await operator.refund(payment.id, 10);
        await store.asked();
        const { page, open, problems } = await running.dashboard(language, width);
        await open("/payments/wallets");
        await page.getByRole("heading", { level: 1, name: WORDS[language].wallets }).waitFor();
        await page.locator("[data-invoice]").nth(1).waitFor();
        await page.locator("[data-refund]").waitFor();
        await page.getByText("Litecoin regtest").waitFor();
        expect(await violationsIn(page, contentOf(page))).toEqual([]);
        await picture(page, `admin-wallets-${language}-${width}`);
        await page.getByRole("tab").nth(1).click();
        await page.getByText("Bitcoin regtest", { exact: true }).waitFor();
        await page.locator("[data-refund]").waitFor({ state: "detached" });
        expect(await violationsIn(page, contentOf(page))).toEqual([]);
        await picture(page, `admin-wallets-trouble-${language}-${width}`);
        expect(problems).toEqual([]);
      });

      it.each(["en", "ar"] as const)("says what to do where there is none (%s)", async (language) => {
        const { page, open } = await running.dashboard(language);
        await page.route("**/admin/tender/wallets", (route) => route.fulfill({ json: { wallets: [] } }));
        await open("/payments/wallets");
        await page.getByText(WORDS[language].none).waitFor();
        expect(await violationsIn(page, contentOf(page))).toEqual([]);
        await picture(page, `admin-wallets-none-${language}`);
      });

      it("gives up a refund after asking once", async () => {
        const { payment } = await paidWithCoins();
        const operator = await Operator.logIn(running.base_url());
        await operator.refund(payment.id, 10);
        const { page, open } = await running.dashboard();
        await open("/payments/wallets");
        await page.getByRole("button", { name: "More about this refund" }).click();
        await page.getByRole("menuitem", { name: "Give up" }).click();
        const question = page.getByRole("alertdialog");
        await question.getByText("Give up the refund of €10.00?").waitFor();
        await question.getByRole("button", { name: "Give up" }).click();
        await page.getByText("No refund waits for anybody.").waitFor();
      });
    });

    describe("a customer's page", () => {
      it.each(TWO_LOOKS)("shows what they have saved, and removes it (%s, %s)", async (language, width) => {
        const words = WORDS[language];
        const shopper = await running.shopper();
        const headers = await logInCustomer(shopper);
        const { body } = await shopper.start("pp_sandbox_a:card", undefined, headers);
        await shopper.post(
          `/store/carts/${shopper.cart_id}/payment-attempts/${body.payment_attempt.id}/confirm`,
          { data: { card: { ...cardOf("4242424242424242"), save: true } } },
          headers,
        );
        const operator = await Operator.logIn(running.base_url());
        const customers = await operator.send("GET", "/admin/customers?has_account=true");
        const { page, open, problems } = await running.dashboard(language, width);
        await open(`/customers/${customers.body.customers[0].id}`);
        const row = page.locator("li", { hasText: "4242" });
        await row.waitFor();
        expect(await violationsIn(page, row)).toEqual([]);
        await row.scrollIntoViewIfNeeded();
        await picture(page, `admin-customer-saved-${language}-${width}`);
        await row.getByRole("button", { name: words.remove }).click();
        const question = page.getByRole("alertdialog");
        await question.getByText(/4242/).first().waitFor();
        await question.getByRole("button", { name: words.remove }).click();
        await page.getByText(words.removed).waitFor();
        expect(problems).toEqual([]);
      });
    });
  },
  async () => {
    node = await startLitecoind();
    const { rpc_url: url, username } = node;
    // Of a chain of its own: those of one chain share what they have read.
    const dead = { chain: "bitcoin-regtest", node: { url, username, password: "wrong" } };
    shop = new CoinShop(node, { main: {}, other: dead }).tellOrigins();
    await shop.purse.fill(40);
    return shop.env;
  },
);
