import type { TextsLike } from "../texts";
import type { common as english } from "../en/common";

export const common: TextsLike<typeof english> = {
  retry: "إعادة المحاولة",
  failed_to_load: "تعذّر التحميل.",
  save: "حفظ",
  cancel: "إلغاء",
  close: "إغلاق",
  edit: "تعديل",
  copy: "نسخ",
  copied: "تم النسخ",
  search: "بحث",
  all: "الكل",
  next: "التالي",
  previous: "السابق",
  provider: "المزوّد",
  method: "الطريقة",
  region: "المنطقة",
  status: "الحالة",
  amount: "المبلغ",
  time: "الوقت",
};
