import type { TextsLike } from "../texts";
import type { webhooks as english } from "../en/webhooks";

export const webhooks: TextsLike<typeof english> = {
  title: "إشعارات Webhook",
};
