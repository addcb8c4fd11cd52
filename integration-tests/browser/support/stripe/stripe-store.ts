import type { Page } from "playwright-core";
import type { TenderModuleService } from "../../../../src/modules/tender";
import { startStripeSimulator, type StripeSimulator } from "../../../simulators/stripe";
import { enableProviders } from "../../../support/store";
import type { Running } from "../../../support/suite";
import type { Language } from "../browser";

export const APPROVED = "4242424242424242";
export const FUNDS = "4000000000009995";
export const CHALLENGED = "4000002760003184";

/** The labels of the stub's fields. */
export const FIELDS: Readonly<Record<Language, readonly [number: string, expiry: string, cvc: string]>> = {
  en: ["Card number", "Expiration date", "Security code"],
  ar: ["رقم البطاقة", "تاريخ الانتهاء", "رمز الأمان"],
};

/** Stripe first; the sandbox's card stands behind it. */
const PROVIDERS = ["pp_stripe_main", "pp_sandbox_a", "pp_system_default"];

/** The Stripe of the store: the real gateway against the simulator, and what medusa-config.ts reads of it. */
export async function startStripe(): Promise<{ simulator: StripeSimulator; env: Record<string, string> }> {
  const simulator = await startStripeSimulator({
    accounts: [{ secret_key: "sk_test_checkout", publishable_key: "pk_test_checkout" }],
  });
  const env = {
    STRIPE_GATEWAY_API_KEY: "sk_test_checkout",
    STRIPE_GATEWAY_PUBLISHABLE_KEY: "pk_test_checkout",
    STRIPE_GATEWAY_WEBHOOK_SECRET: "whsec_checkout",
    STRIPE_GATEWAY_API_URL: simulator.url,
  };
  return { simulator, env };
}

/** Enables the providers, in this order. */
export async function offerStripe(running: Running): Promise<void> {
  await enableProviders(running.container(), running.store().region_id, PROVIDERS);
  // Medusa keeps no order of a region's providers; the operator's positions do.
  const tender = running.container().resolve<TenderModuleService>("tender");
  const before = await tender.listTenderPaymentProviderSettings();
  await tender.deleteTenderPaymentProviderSettings(before.map(({ id }) => id));
  await tender.createTenderPaymentProviderSettings(
    PROVIDERS.map((provider_id, position) => ({ provider_id, position })),
  );
}

/** Types a card into the stub's fields. */
export async function typeInto(page: Page, language: Language, number: string): Promise<void> {
  const [numberLabel, expiryLabel, cvcLabel] = FIELDS[language];
  await page.getByLabel(numberLabel).fill(number);
  await page.getByLabel(expiryLabel).fill("12 / 40");
  await page.getByLabel(cvcLabel).fill("123");
}

/** The shopper's decision on the bank's page in Stripe's frame. */
export async function decide(page: Page, decision: "Approve" | "Refuse"): Promise<void> {
  const frame = page.frameLocator("iframe[src^='https://hooks.stripe.com']");
  await frame.getByRole("button", { name: decision }).click();
}
