import type { TextsLike } from "../texts";
import type * as english from "../en/payment-words";

export const methods: TextsLike<typeof english.methods> = {
  card: "بطاقة",
  apple_pay: "Apple Pay",
  google_pay: "Google Pay",
  bank_redirect: "تحويل بنكي",
  paypal: "PayPal",
  bitcoin: "بيتكوين",
  litecoin: "لايتكوين",
  pp_system_default: "بالاتفاق مع المتجر",
};

export const statuses: TextsLike<typeof english.statuses> = {
  created: "بدأت",
  ready: "بانتظار المتسوق",
  action_required: "بانتظار التأكيد لدى البنك",
  pending: "معلّقة",
  unknown: "النتيجة غير معروفة",
  authorized: "محجوزة",
  captured: "محصّلة",
  declined: "مرفوضة",
  failed: "تعذّر الوصول",
  released: "متروكة",
  canceled: "ملغاة",
};

export const declines: TextsLike<typeof english.declines> = {
  authenticate: "طلب البنك من المتسوق تأكيد هويته ولم يتم ذلك.",
  provider_transient: "واجهت خدمة الدفع مشكلة عابرة.",
  issuer_transient: "تعذّر الوصول إلى بنك المتسوق في تلك اللحظة.",
  issuer_generic: "رفض البنك ولم يذكر سببًا.",
  issuer_refused: "لا يسمح البنك بهذه الدفعة.",
  funds_limit: "الرصيد غير كافٍ أو تجاوز المبلغ حد البطاقة.",
  fix_data: "أُدخلت بيانات غير صحيحة، مثل رمز الأمان.",
  instrument_unusable: "لا يمكن استخدام البطاقة أو الحساب، لانتهاء الصلاحية مثلًا.",
  unsupported_here: "لا تدعم بوابة الدفع هذه البطاقة أو العملة.",
  never: "بطاقة مفقودة أو مسروقة أو موقوفة نهائيًا، ويجب عدم الخصم منها مجددًا.",
  risk: "أُوقفت للاشتباه في احتيال. لم يُذكر السبب للمتسوق.",
  compliance: "رُفضت لأسباب قانونية.",
  reconcile: "ربما تم الدفع من قبل؛ تُقرأ الدفعة من بوابة الدفع أولًا.",
  merchant_config: "يجب تصحيح إعدادات حساب المتجر لدى بوابة الدفع.",
  session_expired: "استغرق المتسوق وقتًا أطول مما تسمح به بوابة الدفع.",
  unclassified: "رفضت بوابة الدفع برمز لا يعرفه Tender.",
};

export const recoveries: TextsLike<typeof english.recoveries> = {
  retry: "عُرض على المتسوق تكرار المحاولة نفسها.",
  authenticate: "طُلب من المتسوق التأكيد لدى بنكه.",
  fix_details: "طُلب من المتسوق تصحيح البيانات.",
  switch_provider: "أُرسل الطلب فورًا إلى مزوّد آخر للطريقة نفسها.",
  choose_another_method: "عُرضت على المتسوق طرق دفع أخرى.",
  reconcile: "وجبت قراءة الدفعة من بوابة الدفع قبل أي خطوة أخرى.",
  stop: "لم تُجرَ أي محاولة أخرى.",
};

export const kinds: TextsLike<typeof english.kinds> = {
  create: "إنشاء",
  update: "تغيير المبلغ",
  authorize: "حجز المبلغ",
  capture: "تحصيل",
  refund: "استرداد",
  cancel: "إلغاء الحجز",
};

export const outcomes: TextsLike<typeof english.outcomes> = {
  started: "لا رد بعد",
  succeeded: "نجح",
  declined: "مرفوض",
  failed: "لم يحدث شيء",
  unknown: "غير معروف",
};

export const errors: TextsLike<typeof english.errors> = {
  unavailable: "تعذّر الوصول إلى بوابة الدفع. لم يُحوَّل أي مال.",
  unknown: "ضاع الرد. ربما حُوِّل المال؛ تُقرأ الدفعة من بوابة الدفع قبل إعادة المحاولة.",
  misconfigured: "لا تقبل بوابة الدفع إعدادات المتجر. لم يُحوَّل أي مال.",
  invalid_data: "البيانات المدخلة غير مناسبة. لم يُحوَّل أي مال.",
  invalid_webhook: "وردت رسالة ليست من بوابة الدفع.",
};
