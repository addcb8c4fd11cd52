import type { TextsLike } from "../texts";
import type { payments as english } from "../en/payments";

export const payments: TextsLike<typeof english> = {
  title: "المدفوعات",
};
