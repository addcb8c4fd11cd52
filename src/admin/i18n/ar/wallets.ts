import type { TextsLike } from "../texts";
import type { wallets as english } from "../en/wallets";

export const wallets: TextsLike<typeof english> = {
  title: "المحافظ",
};
