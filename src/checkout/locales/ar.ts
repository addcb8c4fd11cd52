import type { Texts } from "./en";

export const ar: Texts = {
  "language.name": "العربية",
  "language.switch": "اللغة",
  "page.title": "إتمام الطلب",
  "page.loading": "جارٍ تحميل طلبك",

  "summary.title": "ملخص الطلب",
  "summary.show": "عرض ملخص الطلب",
  "summary.hide": "إخفاء ملخص الطلب",
  "summary.quantity": "الكمية {count}",
  "summary.subtotal": "المجموع الفرعي",
  "summary.discount": "الخصم",
  "summary.shipping": "الشحن",
  "summary.tax": "الضرائب",
  "summary.credit": "بطاقات الهدايا والرصيد",
  "summary.total": "الإجمالي",
  "summary.contact": "البريد الإلكتروني",
  "summary.ship_to": "الشحن إلى",

  "options.title": "الدفع",
  "options.legend": "اختر طريقة الدفع",
  "options.express": "الدفع السريع",
  "options.or_pay_another_way": "أو ادفع بطريقة أخرى",
  "options.none.title": "لا يمكن دفع هذا الطلب عبر الإنترنت الآن",
  "options.none.body": "لم يُخصم أي مبلغ، وسلتك محفوظة. يُرجى التواصل مع المتجر لإكمال طلبك.",
  "options.redirect_help":
    "ستتابع في صفحة آمنة للموافقة على الدفع ثم تعود إلى هنا. لن يُخصم أي مبلغ قبل موافقتك هناك.",
  "options.sheet_help": "ستظهر نافذة دفع لتوافق على مبلغ {amount}.",

  "free.title": "لا يوجد مبلغ للدفع",
  "free.body": "الإجمالي صفر. يكفي أن تؤكد طلبك.",
  "free.place": "تأكيد الطلب",
  "free.placing": "جارٍ تأكيد طلبك",

  "pay.button": "ادفع {amount}",
  "pay.place_order": "إتمام الطلب بمبلغ {amount}",
  "pay.working": "جارٍ تنفيذ الدفع",
  "pay.safe": "تُستخدم بيانات الدفع لهذه العملية فقط، ولا يحتفظ بها المتجر.",

  "card.number": "رقم البطاقة",
  "card.expiry": "تاريخ الانتهاء",
  "card.expiry_format": "MM / YY",
  "card.cvc": "رمز الأمان",
  "card.cvc_help": "3 أو 4 أرقام على البطاقة",
  "card.test_mode": "وضع الاختبار: لا تُنقل أموال حقيقية.",
  "card.test_mode_number": "وضع الاختبار: لا تُنقل أموال حقيقية. جرّب البطاقة \u2066{number}\u2069.",
  "card.error.number_missing": "أدخل رقم البطاقة.",
  "card.error.number_wrong": "في رقم البطاقة خطأ كتابي. يُرجى التحقق منه.",
  "card.error.expiry_missing": "أدخل تاريخ الانتهاء بالشهر والسنة.",
  "card.error.expiry_past": "هذا التاريخ انقضى. تحقق منه أو استخدم بطاقة أخرى.",
  "card.error.cvc_missing": "أدخل رمز الأمان.",
  "card.error.cvc_short": "عدد أرقام رمز الأمان لهذه البطاقة: {count}.",

  "sheet.simulated": "محاكاة للاختبار",
  "sheet.explain": "تحل هذه النافذة محل {wallet} الحقيقية. لا تُفتح محفظة حقيقية ولا تُنقل أموال حقيقية.",
  "sheet.account": "الدفع بواسطة",
  "sheet.account_value": "بطاقة اختبار \u2066•••• 4242\u2069",
  "sheet.total": "الإجمالي",
  "sheet.cancel": "إلغاء",

  "step_up.title": "يريد البنك التأكد من هويتك",
  "step_up.body":
    "سننقلك إلى صفحة البنك الآمنة للموافقة على مبلغ {amount}، ثم تعود إلى هنا تلقائيًا. إذا أغلقت تلك الصفحة فلن يُخصم أي مبلغ وتبقى سلتك كما هي.",
  "step_up.continue": "المتابعة إلى البنك",
  "step_up.back": "اختيار طريقة دفع أخرى",
  "leaving.title": "جارٍ نقلك إلى الصفحة الآمنة",
  "leaving.body": "يستغرق هذا لحظات، ثم تعود إلى هنا.",
  "leaving.takes_long": "ألم تُفتح الصفحة؟ لن يُخصم أي مبلغ قبل موافقتك هناك.",

  "declined.nothing_charged": "لم يُخصم أي مبلغ. جرّب طريقة أخرى:",
  "declined.nothing_charged_retry": "لم يُخصم أي مبلغ. يمكنك المحاولة مرة أخرى:",
  "declined.nothing_charged_stop": "لم يُخصم أي مبلغ، وسلتك محفوظة. يُرجى التواصل مع المتجر لإكمال طلبك.",
  "declined.another_card": "استخدام بطاقة أخرى",
  "declined.fix_card": "تصحيح بيانات البطاقة",
  "declined.same_card": "إعادة المحاولة بهذه البطاقة",
  "declined.again": "إعادة المحاولة: {method}",
  "declined.look_again": "التحقق مجددًا",
  "declined.alternatives": "طرق دفع أخرى",

  "checking.title": "نتحقق من عملية الدفع مع البنك",
  "checking.body": "لا تدفع مرة أخرى. تنتقل هذه الصفحة تلقائيًا فور معرفة النتيجة.",
  "checking.keep": "يمكنك إغلاق هذه الصفحة والعودة إليها بالرابط نفسه.",
  "checking.progress": "بانتظار رد البنك",
  "checking.another_way": "الدفع بطريقة أخرى",
  "checking.another_way_help":
    "يستغرق الأمر وقتًا أطول من المعتاد. إذا دفعت بطريقة أخرى ثم وصلت الدفعة الأولى، فستُعاد إليك كاملةً.",

  "done.title": "شكرًا لك، تم استلام طلبك",
  "done.order_number": "رقم الطلب",
  "done.paid": "المبلغ المدفوع",
  "done.paid_with": "طريقة الدفع",
  "done.payment": "طريقة الدفع",
  "done.email": "البريد الإلكتروني",
  "store.back": "العودة إلى المتجر",
  "done.without_number.title": "تم تقديم هذا الطلب من قبل",
  "done.without_number.body": "لا يوجد مبلغ آخر للدفع.",

  "blocked.not_found.title": "رابط الدفع هذا لا يعمل",
  "blocked.not_found.body":
    "ربما أُفرغت السلة أو أن الرابط غير مكتمل. لم يُخصم أي مبلغ. يُرجى العودة إلى المتجر وفتح صفحة الدفع مجددًا.",
  "blocked.unreachable.title": "تعذر الوصول إلى المتجر",
  "blocked.unreachable.body": "يُرجى التحقق من اتصالك. سلتك محفوظة.",
  "blocked.limited.title": "محاولات كثيرة لهذه السلة",
  "blocked.limited.body": "لم يُخصم أي مبلغ في المحاولة الأخيرة. يُرجى التواصل مع المتجر لإكمال طلبك.",
  "blocked.wait.title": "محاولات كثيرة خلال وقت قصير",
  "blocked.wait.body":
    "لم يُخصم أي مبلغ الآن، وسلتك محفوظة. يمكنك المحاولة مرة أخرى {when}، أو التواصل مع المتجر.",
  "blocked.wait.over": "يمكنك المحاولة مرة أخرى الآن. سلتك محفوظة.",
  "blocked.failed.title": "تعذر فتح صفحة الدفع",
  "blocked.failed.body":
    "هناك إعداد غير صحيح في المتجر. لم يُخصم أي مبلغ. يُرجى المحاولة لاحقًا أو التواصل مع المتجر.",
  "blocked.retry": "إعادة المحاولة",

  "notice.unreachable_nothing_charged": "تعذر الوصول إلى المتجر. لم يُخصم أي مبلغ. يُرجى المحاولة مرة أخرى.",
  "notice.lost_nothing_charged": "انقطع الاتصال قبل تنفيذ الدفع. لم يُخصم أي مبلغ. يُرجى المحاولة مرة أخرى.",
  "notice.step_up_unfinished":
    "أُغلقت الصفحة قبل الموافقة على الدفع. لم يُخصم أي مبلغ. حاول مرة أخرى أو اختر طريقة أخرى.",
  "notice.payment_failed": "لم تتم عملية الدفع. لم يُخصم أي مبلغ. يُرجى اختيار كيفية المتابعة.",
  "notice.option_gone": "لم تعد طريقة الدفع هذه متاحة لسلتك. لم يُخصم أي مبلغ. يُرجى اختيار طريقة أخرى.",
  "notice.total_changed": "تغيّر الإجمالي إلى {amount}. لم يُخصم أي مبلغ. يُرجى التحقق منه ثم الدفع مجددًا.",
  "notice.cart_incomplete": "ما زال ينقص سلتك شيء، مثل طريقة الشحن. لم يُخصم أي مبلغ. يُرجى إكمالها في المتجر.",
  "notice.item_unavailable": "لم يعد أحد منتجات سلتك متوفرًا. لم يُخصم أي مبلغ. يُرجى تعديل سلتك في المتجر.",
  "notice.payment_returned":
    "تمت الموافقة على الدفع لكن تعذر إنشاء الطلب، وسيُعاد إليك المبلغ كاملًا. يمكنك المحاولة مرة أخرى أو التواصل مع المتجر.",
  "notice.first_payment_returned":
    "يمكنك الآن الدفع بطريقة أخرى. إذا وصلت الدفعة الأولى لاحقًا، فستُسدَّد بها هذه الطلبية ما لم تُدفع بغيرها، وإلا أُعيدت إليك كاملةً.",
  "notice.order_not_placed":
    "تعذر تأكيد طلبك. لم يُخصم أي مبلغ. يُرجى مراجعة سلتك في المتجر أو المحاولة مرة أخرى.",
  "notice.order_not_answered": "لم يرد المتجر. يُرجى الضغط على الزر مرة أخرى: يُسجَّل طلبك مرة واحدة فقط.",

  "announce.paying": "جارٍ تنفيذ الدفع. يُرجى الانتظار.",
  "announce.placing": "جارٍ تأكيد طلبك. يُرجى الانتظار.",
};
