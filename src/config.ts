import { PROVIDER_OPTION } from "./gateway/provider-option";

/** A payment provider as a store lists it: ours or another plugin's. */
export type PaymentProviderEntry = Readonly<{
  /** Package path of the provider, e.g. `medusa-tender/providers/sandbox`. */
  resolve: string;
  /** Becomes the end of the provider id: `pp_<identifier>_<id>`. */
  id?: string;
  options?: Record<string, unknown>;
}>;

/**
 * Declares Medusa's payment module with its providers so that Tender's gateways can remember what they do:
 * put the result under `modules` in `medusa-config.ts`.
 *
 * @example
 * modules: [tenderPayments({ providers: [{ resolve: "medusa-tender/providers/sandbox", id: "a", options: {} }] })]
 */
export function tenderPayments(input: {
  providers: readonly PaymentProviderEntry[];
  /** Other modules that providers of yours need in their container. */
  dependencies?: readonly string[];
}) {
  return {
    resolve: "@medusajs/medusa/payment",
    dependencies: ["tender", ...(input.dependencies ?? [])],
    options: {
      providers: input.providers.map((provider) => ({
        ...provider,
        options: { ...provider.options, [PROVIDER_OPTION]: provider.id ?? "" },
      })),
    },
  };
}
