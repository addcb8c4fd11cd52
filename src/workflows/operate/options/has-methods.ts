import { MedusaError } from "@medusajs/framework/utils";
import type { InstalledProvider } from "./installed-providers";

/** @throws MedusaError `INVALID_DATA` for a method that the provider does not have */
export function assertHasMethods(provider: InstalledProvider, methods: readonly string[]): void {
  const known = provider.kind === "gateway" ? provider.option.methods.map(({ id }) => id) : [provider.id];
  const unknown = methods.find((method) => !known.includes(method));
  if (unknown !== undefined) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The payment provider ${provider.id} has no method "${unknown}". It has: ${known.join(", ")}.`,
    );
  }
}
