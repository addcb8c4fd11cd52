/** Every text of the form; `{places}` are filled in by {@link fill}. */
const EN = {
  fields: "You get an address and an amount, and pay from any wallet.",
  fields_within: "You get an address and an amount, and pay from any wallet within {minutes} minutes.",
  title: "Pay with {coin}",
  test_network: "Test network: these coins have no value.",
  simulated: "Simulated chain: no real coins move.",
  amount: "Send this amount",
  worth: "{total} at {price} per {ticker}",
  rate: "At {price} per {ticker}",
  qr: "QR code with the address and the amount, for a wallet on another device",
  address: "To this {coin} address",
  only: "Send {ticker} on the {coin} network only. Network fees come on top: the full amount has to arrive.",
  copy_amount: "Copy amount",
  copy_address: "Copy address",
  copied: "Copied",
  amount_copied: "The amount is copied.",
  address_copied: "The address is copied.",
  copy_by_hand: "This browser does not copy by itself. The text is selected for you to copy.",
  open_wallet: "Open wallet",
  demo_wallet: "Pay from the demo wallet",
  new_tab: "opens a new tab",
  time_left: "Time left to pay",
  left_300: "Five minutes left to pay.",
  left_60: "One minute left to pay.",
  left_0: "The time to pay is over.",
  progress: "Progress of your payment",
  awaiting: "Waiting for your payment",
  seen: "Payment seen",
  confirmed: "Payment confirmed",
  confirmations: "Confirmations: {count} of {needed}",
  partial: "{received} received, {missing} missing",
  partial_help: "Send the rest to the same address. The amount and the code are for what is missing.",
  confirming: "Your payment is on its way",
  confirming_help: "{received} received. The network confirms it now, which can take a while.",
  may_close: "You can close this page: your order goes on by itself.",
  moves_on: "Do not pay again. This page moves on by itself.",
  settled: "Your payment is confirmed",
  settled_help: "{received} received. There is nothing more to pay.",
  expired: "The time to pay is over",
  expired_sent: "If you have sent coins already, the store will see them. Do not send more.",
  expired_partial: "{received} received. The store knows of it. Do not send more to the same address.",
  expired_whole: "A new address is for the whole amount again. Please contact the store about what you sent.",
  expired_unsent: "If you have not, get a new address and amount, or pay another way.",
  expired_ordered: "Please contact the store about your order.",
  again: "Get a new address",
  another_way: "Pay another way",
  leave: "Have you sent coins already?",
  leave_help: "Then stay here: the store sees them soon. If you also pay another way, you pay twice.",
  leave_partial: "{received} received already. If you pay another way, you pay the whole amount again.",
  stay: "Stay here",
  go: "Pay another way all the same",
  offline:
    "The store cannot be reached. The address and the amount stay valid until the time is over; this page goes on by itself.",
} as const;

type TextKey = keyof typeof EN;
export type Texts = Readonly<Record<TextKey, string>>;

const AR: Texts = {
  fields: "ستحصل على عنوان ومبلغ، وتدفع من أي محفظة.",
  fields_within: "ستحصل على عنوان ومبلغ، وتدفع من أي محفظة خلال {minutes} دقيقة.",
  title: "الدفع بعملة {coin}",
  test_network: "شبكة اختبار: لا قيمة لهذه العملات.",
  simulated: "سلسلة كتل للمحاكاة: لا تنتقل أي عملات حقيقية.",
  amount: "أرسل هذا المبلغ",
  worth: "{total} بسعر {price} لكل {ticker}",
  rate: "بسعر {price} لكل {ticker}",
  qr: "رمز QR يحمل العنوان والمبلغ، لمحفظة على جهاز آخر",
  address: "إلى عنوان {coin} هذا",
  only: "أرسل {ticker} عبر شبكة {coin} فقط. رسوم الشبكة تُضاف إلى المبلغ: يجب أن يصل كاملًا.",
  copy_amount: "نسخ المبلغ",
  copy_address: "نسخ العنوان",
  copied: "تم النسخ",
  amount_copied: "تم نسخ المبلغ.",
  address_copied: "تم نسخ العنوان.",
  copy_by_hand: "لا ينسخ هذا المتصفح تلقائيًا. تم تحديد النص لتنسخه بنفسك.",
  open_wallet: "فتح المحفظة",
  demo_wallet: "الدفع من المحفظة التجريبية",
  new_tab: "تُفتح في علامة تبويب جديدة",
  time_left: "الوقت المتبقي للدفع",
  left_300: "بقيت خمس دقائق للدفع.",
  left_60: "بقيت دقيقة واحدة للدفع.",
  left_0: "انتهى وقت الدفع.",
  progress: "مراحل عملية الدفع",
  awaiting: "بانتظار دفعتك",
  seen: "رُصدت الدفعة",
  confirmed: "تم تأكيد الدفعة",
  confirmations: "التأكيدات: {count} من {needed}",
  partial: "وصل {received}، ويتبقى {missing}",
  partial_help: "أرسل الباقي إلى العنوان نفسه. المبلغ والرمز هنا لما تبقى فقط.",
  confirming: "دفعتك في الطريق",
  confirming_help: "وصل {received}. تؤكده الشبكة الآن، وقد يستغرق ذلك بعض الوقت.",
  may_close: "يمكنك إغلاق هذه الصفحة: سيُستكمل طلبك تلقائيًا.",
  moves_on: "لا تدفع مرة أخرى. ستنتقل هذه الصفحة تلقائيًا.",
  settled: "تم تأكيد دفعتك",
  settled_help: "وصل {received}. لا يوجد مبلغ آخر للدفع.",
  expired: "انتهى وقت الدفع",
  expired_sent: "إذا كنت قد أرسلت عملات بالفعل فسيرصدها المتجر. لا ترسل المزيد.",
  expired_partial: "وصل {received}، والمتجر على علم بذلك. لا ترسل المزيد إلى العنوان نفسه.",
  expired_whole: "العنوان الجديد يكون للمبلغ كاملًا من جديد. يُرجى التواصل مع المتجر بشأن ما أرسلته.",
  expired_unsent: "وإذا لم ترسل شيئًا فاحصل على عنوان ومبلغ جديدين، أو ادفع بطريقة أخرى.",
  expired_ordered: "يُرجى التواصل مع المتجر بشأن طلبك.",
  again: "الحصول على عنوان جديد",
  another_way: "الدفع بطريقة أخرى",
  leave: "هل أرسلت عملات بالفعل؟",
  leave_help: "إذا أرسلتها فابقَ هنا: سيرصدها المتجر قريبًا. وإذا دفعت بطريقة أخرى أيضًا فستدفع مرتين.",
  leave_partial: "وصل {received} بالفعل. إذا دفعت بطريقة أخرى فستدفع المبلغ كاملًا من جديد.",
  stay: "البقاء هنا",
  go: "الدفع بطريقة أخرى رغم ذلك",
  offline:
    "تعذّر الوصول إلى المتجر. يبقى العنوان والمبلغ صالحين حتى انتهاء الوقت، وستُستكمل هذه الصفحة تلقائيًا.",
};

export function coinTexts(locale: string): Texts {
  return locale === "ar" ? AR : EN;
}

/** A text with its `{places}` filled in. */
export function fill(text: string, places: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

/** An amount of coins, which runs left to right in every language (Unicode's isolates keep it whole in a sentence). */
export function coins(amount: string, ticker: string): string {
  return `\u2066${amount}\u00a0${ticker}\u2069`;
}
