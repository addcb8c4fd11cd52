/** What stands beside PayPal's fields, which say nothing by themselves. */
type CardTexts = Readonly<{
  number: string;
  expiry: string;
  cvv: string;
  name: string;
  wrong: Readonly<Record<"number" | "expiry" | "cvv" | "name", string>>;
}>;

const EN: CardTexts = {
  number: "Card number",
  expiry: "Expiry date",
  cvv: "Security code",
  name: "Name on card (optional)",
  wrong: {
    number: "Enter the card number and check it for typing mistakes.",
    expiry: "Enter the expiry date as month and year.",
    cvv: "Enter the security code.",
    name: "Enter the name as it is on the card.",
  },
};

const AR: CardTexts = {
  number: "رقم البطاقة",
  expiry: "تاريخ الانتهاء",
  cvv: "رمز الأمان",
  name: "الاسم على البطاقة (اختياري)",
  wrong: {
    number: "أدخل رقم البطاقة وتحقق من خلوّه من الأخطاء.",
    expiry: "أدخل تاريخ الانتهاء بالشهر والسنة.",
    cvv: "أدخل رمز الأمان.",
    name: "أدخل الاسم كما هو مكتوب على البطاقة.",
  },
};

export function cardTexts(locale: string): CardTexts {
  return locale === "ar" ? AR : EN;
}
