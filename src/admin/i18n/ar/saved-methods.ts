import type { TextsLike } from "../texts";
import type { saved_methods as english } from "../en/saved-methods";

export const saved_methods: TextsLike<typeof english> = {
  title: "طرق الدفع المحفوظة",
  empty: "لم يحفظ هذا العميل أي طريقة دفع. يستطيع العملاء ذوو الحسابات حفظ طريقة أثناء الدفع.",
  unreachable: "تعذّر سؤال هذه الجهات الآن، فقد تكون القائمة ناقصة: {{providers}}.",
  expires: "تنتهي في",
  expired: "منتهية",
  remove: "إزالة",
  remove_one: "إزالة {{method}}",
  remove_title: "إزالة {{method}}؟",
  remove_text: "تنساها بوابة الدفع، ولا يستطيع العميل الدفع بها حتى يحفظها من جديد. لا يمكن التراجع عن ذلك.",
  removed_toast: "أُزيلت {{method}}.",
};
