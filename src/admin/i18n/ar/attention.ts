import type { TextsLike } from "../texts";
import type { attention as english } from "../en/attention";

export const attention: TextsLike<typeof english> = {
  title: "يحتاج إلى انتباه",
};
