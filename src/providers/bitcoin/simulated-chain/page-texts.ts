export const LOCALES = ["en", "ar"] as const;
export type Locale = (typeof LOCALES)[number];

type Texts = Readonly<{
  direction: "ltr" | "rtl";
  label: string;
  title: string;
  explanation: string;
  amount: string;
  address: string;
  /** `{amount}` stands for the amount with its unit. */
  pay: string;
  paid_title: string;
  paid: string;
  transaction: string;
  wrong_title: string;
  wrong: string;
  busy_title: string;
  busy: string;
}>;

/** Every word on the wallet's pages. */
export const TEXTS: Readonly<Record<Locale, Texts>> = {
  en: {
    direction: "ltr",
    label: "Simulated chain — no real coins",
    title: "Demo wallet",
    explanation: "It stands for the wallet on your phone. A block is mined some seconds after the payment.",
    amount: "Amount",
    address: "To",
    pay: "Pay {amount} from the demo wallet",
    paid_title: "Paid",
    paid: "You can close this window. The shop sees the payment by itself.",
    transaction: "Transaction",
    wrong_title: "This cannot be paid",
    wrong: "Address or amount are not right. Go back to the shop and open the wallet from there.",
    busy_title: "Wait for the next block",
    busy: "All coins of the demo wallet are on their way. Nothing was paid. Try again in some seconds.",
  },
  ar: {
    direction: "rtl",
    label: "سلسلة كتل تجريبية — بلا عملات حقيقية",
    title: "محفظة تجريبية",
    explanation: "تمثّل هذه الصفحة المحفظة التي على هاتفك. تُعدَّن كتلة بعد ثوانٍ من الدفع.",
    amount: "المبلغ",
    address: "إلى",
    pay: "ادفع {amount} من المحفظة التجريبية",
    paid_title: "تم الدفع",
    paid: "يمكنك إغلاق هذه النافذة. يرى المتجر الدفعة من تلقاء نفسه.",
    transaction: "المعاملة",
    wrong_title: "لا يمكن دفع هذا",
    wrong: "العنوان أو المبلغ غير صحيح. عُد إلى المتجر وافتح المحفظة من هناك.",
    busy_title: "انتظر الكتلة التالية",
    busy: "كل عملات المحفظة التجريبية في طريقها. لم يُدفع شيء. حاول مجددًا بعد ثوانٍ.",
  },
};
