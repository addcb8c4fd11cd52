import type { BrowserContext, Page } from "playwright-core";
import type { TenderModuleService } from "../../../../src/modules/tender";
import { startPaypalSimulator, TEST_CARDS, type PaypalSimulator } from "../../../simulators/paypal";
import { enableProviders } from "../../../support/store";
import type { Running } from "../../../support/suite";
import type { Language } from "../browser";

/** Passes 3-D Secure without a question. */
export const APPROVED = TEST_CARDS.passes_unasked;
/** Its bank asks, and is satisfied. */
export const CHALLENGED = TEST_CARDS.asks;
/** A name that has the issuer refuse for want of money (PayPal docs, Rejection triggers). */
export const FUNDS = "CCREJECT-IF";

/** The names of the stub's fields, which are those that the form gives them. */
export const FIELDS: Readonly<
  Record<Language, readonly [number: string, expiry: string, cvv: string, name: string]>
> = {
  en: ["Card number", "Expiry date", "Security code", "Name on card (optional)"],
  ar: ["رقم البطاقة", "تاريخ الانتهاء", "رمز الأمان", "الاسم على البطاقة (اختياري)"],
};

const CLIENT_ID = "client-id-of-checkout";

/** The PayPal of the store: the real gateway against the simulator, and what medusa-config.ts reads of it. */
export async function startPayPal(): Promise<{ simulator: PaypalSimulator; env: Record<string, string> }> {
  const simulator = await startPaypalSimulator({
    accounts: [{ client_id: CLIENT_ID, client_secret: "client-secret-of-checkout", country: "DE" }],
  });
  const env = {
    PAYPAL_GATEWAY_CLIENT_ID: CLIENT_ID,
    PAYPAL_GATEWAY_CLIENT_SECRET: "client-secret-of-checkout",
    PAYPAL_GATEWAY_ENVIRONMENT: "sandbox",
    PAYPAL_GATEWAY_METHODS: "card,paypal,pay_later,venmo,google_pay",
    PAYPAL_GATEWAY_API_URL: simulator.url,
  };
  return { simulator, env };
}

/** Enables the providers, in this order. */
export async function offer(running: Running, providers: readonly string[]): Promise<void> {
  await enableProviders(running.container(), running.store().region_id, [...providers]);
  // Medusa keeps no order of a region's providers; the operator's positions do.
  const tender = running.container().resolve<TenderModuleService>("tender");
  const before = await tender.listTenderPaymentProviderSettings();
  await tender.deleteTenderPaymentProviderSettings(before.map(({ id }) => id));
  await tender.createTenderPaymentProviderSettings(
    providers.map((provider_id, position) => ({ provider_id, position })),
  );
}

/** Types a card into the stub's fields. */
export async function typeInto(
  page: Page,
  language: Language,
  { number, name = "" }: Readonly<{ number: string; name?: string }>,
): Promise<void> {
  const [numberLabel, expiryLabel, cvvLabel, nameLabel] = FIELDS[language];
  await page.getByLabel(numberLabel).fill(number);
  await page.getByLabel(expiryLabel).fill("12 / 40");
  await page.getByLabel(cvvLabel).fill("123");
  await page.getByLabel(nameLabel).fill(name);
}

/** Presses a button that opens PayPal's window, and decides there, which closes it. */
export async function decideInWindow(
  context: BrowserContext,
  press: () => Promise<void>,
  decision: "Approve" | "Cancel",
): Promise<void> {
  const [opened] = await Promise.all([context.waitForEvent("page"), press()]);
  await Promise.all([opened.waitForEvent("close"), opened.getByRole("button", { name: decision }).click()]);
}

/** The shopper's decision on the bank's page in PayPal's frame. */
export async function decideInFrame(page: Page, decision: "Approve" | "Fail" | "Cancel"): Promise<void> {
  const frame = page.frameLocator("iframe[src*='checkoutnow']");
  await frame.getByRole("button", { name: decision }).click();
}
