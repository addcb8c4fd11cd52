import { z } from "@medusajs/framework/zod";
import type { ForeignPayment } from "../../gateway/payment-gateway";

/** `@medusajs/payment-stripe` keeps the whole PaymentIntent in session and payment; its session is in the metadata. */
const OfficialData = z.object({
  id: z.string().regex(/^pi_\w{1,200}$/),
  object: z.literal("payment_intent"),
  metadata: z.object({ session_id: z.string().min(1).optional() }).optional(),
});

/** The payment that data of the official plugin speaks of, if it is that. */
export function officialPaymentIn(data: Readonly<Record<string, unknown>>): ForeignPayment | undefined {
  const parsed = OfficialData.safeParse(data);
  if (!parsed.success) {
    return undefined;
  }
  const { id, metadata } = parsed.data;
  return {
    reference: id,
    ...(metadata?.session_id !== undefined && { payment_session_id: metadata.session_id }),
  };
}
