import type { MedusaContainer } from "@medusajs/framework/types";
import { lookForNews } from "../workflows/webhooks/look-for-news";

/** Every few seconds: asks services that send no webhooks what is new. */
export default async function lookForNewsJob(container: MedusaContainer): Promise<void> {
  await lookForNews(container);
}

export const config = { name: "tender-look-for-news", schedule: "*/5 * * * * *" };
