import { z } from "@medusajs/framework/zod";

/** A number or a string of the answer; whether it is a price is judged later. */
export const PriceText = z.string().min(1).max(64);

/** Unix time in seconds, perhaps with a fraction. */
export const UnixSeconds = z
  .string()
  .regex(/^\d{9,11}(\.\d{1,9})?$/, "is not a Unix time in seconds")
  .transform((seconds) => new Date(Math.floor(Number(seconds) * 1000)));

/** Unix time in milliseconds. */
export const UnixMilliseconds = z
  .string()
  .regex(/^\d{12,14}$/, "is not a Unix time in milliseconds")
  .transform((milliseconds) => new Date(Number(milliseconds)));
