import type { DeclineView, PaymentOptionView } from "../../../src/api/store-contract";
import type { Language } from "./browser";

/** What the fake store's bank does with a card; every other card is approved. */
export const CARDS: Readonly<
  Record<string, "unknown" | "three_d_secure" | "funds" | "expired" | "not_confirmed" | "compliance">
> = {
  "4000000000009995": "funds",
  "4000000000000069": "expired",
  "4000002760003184": "three_d_secure",
  "4000000000000119": "unknown",
  "4000009990000096": "not_confirmed",
  "4000009990000062": "compliance",
};

/** What the sandbox tells a page of its card form. */
const CARD_CLIENT = {
  test_mode: true,
  test_number: "4242424242424242",
  brands: ["visa", "mastercard", "amex"],
};

type Refusal = DeclineView & Readonly<{ anotherInstrument: boolean; staysOffered: boolean }>;

function refusal(
  row: Omit<Refusal, "message">,
  messages: Readonly<Record<Language, string>>,
): Readonly<Record<Language, Refusal>> {
  return { en: { ...row, message: messages.en }, ar: { ...row, message: messages.ar } };
}

export const DECLINES = {
  funds: refusal(
    {
      category: "funds_limit",
      code: "insufficient_funds",
      recovery: "choose_another_method",
      anotherInstrument: true,
      staysOffered: false,
    },
    {
      en: "There is not enough money available on this card.",
      ar: "لا يوجد رصيد كافٍ في هذه البطاقة.",
    },
  ),
  expired: refusal(
    {
      category: "fix_data",
      code: "expired_card",
      recovery: "fix_details",
      anotherInstrument: true,
      staysOffered: true,
    },
    { en: "Your bank says this card has expired.", ar: "يفيد البنك بأن هذه البطاقة منتهية الصلاحية." },
  ),
  not_confirmed: refusal(
    {
      category: "authenticate",
      code: "authentication_required",
      recovery: "authenticate",
      anotherInstrument: true,
      staysOffered: true,
    },
    { en: "Your bank wants you to confirm this payment.", ar: "يريد البنك أن تؤكد هذه الدفعة." },
  ),
  compliance: refusal(
    {
      category: "compliance",
      code: "compliance_violation",
      recovery: "stop",
      anotherInstrument: false,
      staysOffered: false,
    },
    { en: "This payment cannot be accepted.", ar: "لا يمكن قبول هذه الدفعة." },
  ),
  not_authenticated: refusal(
    {
      category: "issuer_generic",
      code: "authentication_failed",
      recovery: "choose_another_method",
      anotherInstrument: true,
      staysOffered: false,
    },
    { en: "Your bank could not confirm that it is you.", ar: "لم يتمكن البنك من التأكد من هويتك." },
  ),
} as const;

const OPTIONS: readonly (Omit<PaymentOptionView, "title" | "description"> &
  Readonly<Record<Language, readonly [title: string, description: string | null]>>)[] = [
  option(
    "pp_one:apple_pay",
    "wallet_sheet",
    true,
    ["Apple Pay", "Approve on your device"],
    ["Apple Pay", "وافق على جهازك"],
  ),
  option(
    "pp_one:google_pay",
    "wallet_sheet",
    true,
    ["Google Pay", "Approve on your device"],
    ["Google Pay", "وافق على جهازك"],
  ),
  option(
    "pp_one:card",
    "card_fields",
    false,
    ["Card", "Debit or credit card"],
    ["بطاقة", "بطاقة ائتمان أو خصم"],
  ),
  option(
    "pp_one:bank_redirect",
    "redirect",
    false,
    ["Online banking", "Pay from your bank account"],
    ["الخدمات المصرفية عبر الإنترنت", "ادفع من حسابك البنكي"],
  ),
  option("pp_two:generic", "none", false, ["Pay on delivery", null], ["الدفع عند الاستلام", null]),
];

function option(
  id: string,
  form: string,
  express: boolean,
  en: readonly [string, string | null],
  ar: readonly [string, string | null],
) {
  const [provider_id = "", method = ""] = id.split(":");
  const client = { form, ...(form === "card_fields" && CARD_CLIENT) };
  return { id, provider_id, method, icon: method, express, position: 0, can_save: false, client, en, ar };
}

export function optionsIn(language: Language): PaymentOptionView[] {
  return OPTIONS.map(({ en, ar, ...rest }, position) => {
    const [title, description] = { en, ar }[language];
    return { ...rest, position, title, description };
  });
}

/** The cart as Medusa answers with it; a gift card pays all of it where it `isFree`. */
export function cartBody(worth: number, completed: boolean, isFree: boolean) {
  const items = [
    { id: "item_1", product_title: "Stoneware mug", variant_title: "Sea green", quantity: 2, subtotal: 14 },
    {
      id: "item_2",
      product_title: "Linen tea towel",
      variant_title: "Natural",
      quantity: 1,
      subtotal: worth - 18,
    },
  ];
  return {
    cart: {
      id: "cart_1",
      currency_code: "eur",
      email: "sam@example.com",
      completed_at: completed ? new Date().toISOString() : null,
      total: isFree ? 0 : worth,
      item_subtotal: worth - 4,
      shipping_subtotal: 4,
      discount_subtotal: 0,
      tax_total: 0,
      credit_line_total: isFree ? worth : 0,
      items,
      shipping_address: {
        first_name: "Sam",
        last_name: "Demo",
        address_1: "1 Market Street",
        city: "Berlin",
        postal_code: "10115",
        country_code: "de",
      },
    },
  };
}

export function bankPage(attemptId: string): string {
  const link = (verdict: string) => `<p><a href="/bank/${attemptId}/${verdict}">${verdict}</a></p>`;
  return `<!doctype html><html lang="en"><title>Bank</title><h1>Bank</h1>${["approve", "fail", "close"].map(link).join("")}`;
}
