import { MedusaError } from "@medusajs/framework/utils";
import { PROVIDER_OPTION } from "./provider-option";

/** Medusa's provider id: `pp_<identifier>_<id>`. Throws for one that was not declared with `tenderPayments()`. */
export function providerIdOf(identifier: string, options: Readonly<Record<string, unknown>>): string {
  const id = listedId(identifier, options);
  return id === "" ? `pp_${identifier}` : `pp_${identifier}_${id}`;
}

/** The id the provider was listed under, which only `tenderPayments()` tells it. */
export function listedId(identifier: string, options: Readonly<Record<string, unknown>>): string {
  const id = options[PROVIDER_OPTION];
  if (typeof id !== "string") {
    throw new MedusaError(
      MedusaError.Types.INVALID_ARGUMENT,
      `The payment provider "${identifier}" was listed by hand. Declare it with tenderPayments() from ` +
        `"medusa-tender/config", which tells it its own id.`,
    );
  }
  return id;
}
