import type { Texts } from "./types";

export const ar: Texts = {
  methods: {
    card: { title: "بطاقة", description: "بطاقة ائتمان أو خصم" },
    apple_pay: { title: "Apple Pay", description: "ادفع ببطاقة محفوظة في محفظة Apple" },
    google_pay: { title: "Google Pay", description: "ادفع ببطاقة محفوظة في حساب Google" },
    bank_redirect: { title: "تحويل مصرفي", description: "تؤكد الدفع في صفحة مصرفك" },
    paypal: { title: "PayPal", description: "ادفع من حسابك في PayPal" },
    pay_later: { title: "الدفع لاحقًا عبر PayPal", description: "قسّم المبلغ على دفعات" },
    venmo: { title: "Venmo", description: "ادفع من حسابك في Venmo" },
    link: { title: "Link", description: "ادفع بالبيانات التي حفظتها في Link" },
    bitcoin: { title: "بيتكوين", description: "أرسل المبلغ من محفظة بيتكوين الخاصة بك" },
    litecoin: { title: "لايتكوين", description: "أرسل المبلغ من محفظة لايتكوين الخاصة بك" },
    pp_system_default: { title: "الدفع لاحقًا بالاتفاق مع المتجر", description: "لن تدفع شيئًا الآن" },
  },
  declines: {
    authenticate: "يطلب مصرفك أن تؤكد عملية الدفع هذه.",
    provider_transient: "تعذّر على خدمة الدفع إتمام العملية الآن.",
    issuer_transient: "لم يتمكن مصرفك من الرد الآن.",
    issuer_generic: "لم يوافق مصرفك على عملية الدفع هذه.",
    issuer_refused: "لا يسمح مصرفك بعملية الدفع هذه.",
    funds_limit: "لم يوافق مصرفك على هذا المبلغ.",
    fix_data: "بعض بيانات الدفع غير متطابقة. يُرجى مراجعتها.",
    instrument_unusable: "لا يمكن استخدام هذه البطاقة أو هذا الحساب حاليًا.",
    unsupported_here: "هذه البطاقة أو العملة غير مقبولة هنا.",
    never: "لم يوافق مصرفك على عملية الدفع هذه.",
    risk: "لم يوافق مصرفك على عملية الدفع هذه.",
    compliance: "لا يمكن قبول عملية الدفع هذه. يُرجى التواصل مع المتجر.",
    reconcile: "نتحقق الآن مما إذا كانت عملية الدفع قد تمت. يُرجى عدم الدفع مرة أخرى.",
    merchant_config: "طريقة الدفع هذه غير متاحة حاليًا.",
    session_expired: "انتهى الوقت المخصص لعملية الدفع هذه. يمكنك البدء من جديد.",
    unclassified: "لم تتم عملية الدفع هذه.",
  },
  reasons: {
    card_number: "يبدو أن رقم البطاقة غير صحيح. يُرجى مراجعته.",
    security_code: "رمز الأمان لا يطابق البطاقة. يُرجى مراجعته.",
    expiry_date: "تاريخ الانتهاء لا يطابق البطاقة. يُرجى مراجعته.",
    postal_code: "عنوان الفوترة لا يطابق البطاقة. يُرجى مراجعته.",
    expired_card: "انتهت صلاحية هذه البطاقة.",
    insufficient_funds: "الرصيد المتاح في هذه البطاقة لا يكفي.",
    spending_limit: "يتجاوز هذا المبلغ حد الإنفاق المسموح به للبطاقة.",
    authentication_failed: "لم يتمكن مصرفك من التأكد من أن عملية الدفع هذه تخصك.",
  },
  limits: {
    refused_payments:
      "رُفضت عمليات دفع كثيرة خلال وقت قصير. لم يُخصم أي مبلغ الآن، وسلتك محفوظة. " +
      "يمكنك المحاولة مرة أخرى {when}، أو التواصل مع المتجر.",
    requests: "طلبات كثيرة خلال وقت قصير. يمكنك المحاولة مرة أخرى {when}.",
  },
};
