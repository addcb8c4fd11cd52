import type { ManualRefundStatus } from "../../../gateway";
import type { Locale } from "../../../services";

type RefundTexts = Readonly<{
  title: string;
  /** What the payee gets stands below it. */
  amount: string;
  /** Beside the amount, where a fee is taken off it. */
  less_fee: string;
  destination: string;
  statuses: Readonly<Record<ManualRefundStatus, string>>;
  /** In place of the status, while the payee may still change what they gave. */
  may_change: string;
  help: string;
  submit: string;
  change: string;
  /** Above what is wrong with it. */
  refused: string;
  unknown_title: string;
  unknown: string;
}>;

/** The texts of the payee's page. */
export const REFUND_TEXTS: Readonly<Record<Locale, RefundTexts>> = {
  en: {
    title: "Your refund",
    amount: "You get back",
    less_fee: "less the network's fee",
    destination: "It is sent to",
    statuses: {
      waits_for_payee: "Tell the store where to send it.",
      waits_for_operator: "The store is preparing your refund.",
      signed: "The store is sending your refund.",
      sent: "Your refund has been sent and is being confirmed.",
      done: "Your refund has arrived.",
      dropped: "This refund was withdrawn. Please contact the store.",
    },
    may_change: "The store has your answer. You can change it until the refund is prepared.",
    help: "Copy it from your own wallet. What is sent to a wrong one cannot be brought back.",
    submit: "Send it there",
    change: "Change it",
    refused: "Please check what you entered.",
    unknown_title: "This link is not valid",
    unknown: "Please open it again from the store's message, or contact the store.",
  },
  ar: {
    title: "المبلغ المسترد",
    amount: "ستسترد",
    less_fee: "تُخصم منه رسوم الشبكة",
    destination: "يُرسل إلى",
    statuses: {
      waits_for_payee: "أخبر المتجر إلى أين يرسل المبلغ.",
      waits_for_operator: "المتجر يجهّز المبلغ المسترد.",
      signed: "المتجر يرسل المبلغ المسترد.",
      sent: "أُرسل المبلغ المسترد وهو قيد التأكيد.",
      done: "وصل المبلغ المسترد.",
      dropped: "أُلغي هذا الاسترداد. يُرجى التواصل مع المتجر.",
    },
    may_change: "وصلت إجابتك إلى المتجر. يمكنك تغييرها إلى أن يُجهَّز المبلغ المسترد.",
    help: "انسخه من محفظتك أنت. ما يُرسل إلى عنوان خاطئ لا يمكن استرجاعه.",
    submit: "أرسله إلى هناك",
    change: "تغيير",
    refused: "يُرجى مراجعة ما أدخلته.",
    unknown_title: "هذا الرابط غير صالح",
    unknown: "يُرجى فتحه مرة أخرى من رسالة المتجر، أو التواصل مع المتجر.",
  },
};
