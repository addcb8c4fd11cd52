import type { TextsLike } from "../texts";
import type { rules as english } from "../en/rules";

export const rules: TextsLike<typeof english> = {
  title: "قواعد التعافي",
};
