import type { MedusaContainer } from "@medusajs/framework/types";
import { releasePayments } from "../workflows/release-payments";

/** Every minute: payments that nobody took over are voided. */
export default async function releasePaymentsJob(container: MedusaContainer): Promise<void> {
  await releasePayments(container);
}

export const config = { name: "tender-release-payments", schedule: "* * * * *" };
