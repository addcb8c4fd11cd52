import type { Decision } from "./operations";

export const LOCALES = ["en", "ar"] as const;
export type Locale = (typeof LOCALES)[number];

type Texts = Readonly<{
  direction: "ltr" | "rtl";
  three_d_secure: string;
  bank_page: string;
  explanation: string;
  amount: string;
  card: string;
  decisions: Readonly<Record<Decision, string>>;
  over_title: string;
  over: string;
  unknown_title: string;
  unknown: string;
}>;

/** Every word on the bank's pages. */
export const TEXTS: Readonly<Record<Locale, Texts>> = {
  en: {
    direction: "ltr",
    three_d_secure: "Confirm it is you",
    bank_page: "Pay from your bank account",
    explanation: "This is the sandbox bank. No real money moves. Choose what should happen.",
    amount: "Amount",
    card: "Card ending in",
    decisions: {
      approve: "Approve",
      fail: "Fail",
      cancel: "Cancel and go back",
      later: "Decide later",
      close: "Close without deciding",
    },
    over_title: "All done here",
    over: "You can close this window and return to the shop.",
    unknown_title: "Nothing to decide",
    unknown: "This page is unknown or no longer open. Return to the shop.",
  },
  ar: {
    direction: "rtl",
    three_d_secure: "أكِّد هويتك",
    bank_page: "الدفع من حسابك المصرفي",
    explanation: "هذا بنك تجريبي ولا تتحرك فيه أموال حقيقية. اختر ما ينبغي أن يحدث.",
    amount: "المبلغ",
    card: "بطاقة تنتهي بالأرقام",
    decisions: {
      approve: "موافقة",
      fail: "رفض",
      cancel: "إلغاء والعودة",
      later: "القرار لاحقًا",
      close: "إغلاق دون قرار",
    },
    over_title: "انتهى الأمر هنا",
    over: "يمكنك إغلاق هذه النافذة والعودة إلى المتجر.",
    unknown_title: "لا شيء يحتاج إلى قرار",
    unknown: "هذه الصفحة غير معروفة أو لم تعد مفتوحة. عُد إلى المتجر.",
  },
};
