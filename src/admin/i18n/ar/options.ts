import type { TextsLike } from "../texts";
import type { options as english } from "../en/options";

export const options: TextsLike<typeof english> = {
  title: "خيارات الدفع",
};
