import type { TextsLike } from "../texts";
import type { changes as english } from "../en/changes";

export const changes: TextsLike<typeof english> = {
  title: "التغييرات",
};
