import { MedusaError } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";
import { isSafeServiceAddress, UNSAFE_ADDRESS } from "../../../src/gateway";

const OptionsSchema = z.object({
  api_url: z.string().refine(isSafeServiceAddress, UNSAFE_ADDRESS),
  api_key: z.string().min(8),
  webhook_secret: z.string().min(8),
});

export type AcmeOptions = Readonly<z.output<typeof OptionsSchema>>;

/** What the operator wrote under `options`. Throws a `MedusaError` naming the option, never its value. */
export function parseOptions(options: unknown): AcmeOptions {
  const parsed = OptionsSchema.safeParse(options);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The acme payment provider's options are not valid: ${names}.`,
    );
  }
  return parsed.data;
}
