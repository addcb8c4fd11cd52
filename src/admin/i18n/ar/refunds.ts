import type { TextsLike } from "../texts";
import type { refunds as english } from "../en/refunds";

export const refunds: TextsLike<typeof english> = {
  title: "استردادات يدوية",
};
