import type { TextsLike } from "../texts";
import type { attempts as english } from "../en/attempts";

export const attempts: TextsLike<typeof english> = {
  title: "محاولات الدفع",
  empty: "لم تُسجَّل أي محاولة. المدفوعات التي تمت قبل تثبيت Tender لا تظهر هنا.",
  error: "تعذّر تحميل محاولات الدفع.",
  retry: "إعادة المحاولة",
  fallback: "حلّت محل المحاولة {{number}}",
  reference: "المرجع لدى بوابة الدفع",
  code: "الرمز",
  network_code: "رمز الشبكة",
  advice_code: "التوصية",
  rule: "القاعدة",
  operations: "الطلبات إلى بوابة الدفع",
  no_operations: "لم يُرسل أي طلب إلى بوابة الدفع.",
  still_running: "لم يصل الرد بعد",
};
