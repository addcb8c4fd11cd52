import type { z } from "@medusajs/framework/zod";
import { InvalidPaymentData } from "./errors";

/**
 * What a shopper's browser sent, held to a gateway's own list of fields.
 * @param expected what the whole must be, for data that is no object or names nothing of the list
 * @throws InvalidPaymentData naming the field, never its value
 */
export function parseShopperInput<T>(schema: z.ZodType<T>, data: unknown, expected: string): T {
  const parsed = schema.safeParse(data ?? {});
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".");
    throw new InvalidPaymentData(
      field
        ? `The payment data's field "${field}" is missing or not valid.`
        : `The payment data must be ${expected}.`,
    );
  }
  return parsed.data;
}
