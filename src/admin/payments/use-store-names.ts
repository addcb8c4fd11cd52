import { useMemo } from "react";
import { useApi } from "../lib/api";

type Named = Readonly<{ id: string; name: string; currency_code: string }>;

/** More than any store has. */
const ALL = 200;

/** The store's regions and payment providers, as Medusa lists them. */
export function useStoreNames() {
  const regions = useApi<{ regions: readonly Named[] }>("/admin/regions", {
    fields: "id,name,currency_code",
    limit: ALL,
  });
  const providers = useApi<{ payment_providers: readonly { id: string }[] }>(
    "/admin/payments/payment-providers",
    { limit: ALL },
  );
  return useMemo(() => {
    const known = regions.data?.regions ?? [];
    return {
      regions: known,
      currencies: [...new Set(known.map(({ currency_code }) => currency_code))].sort(),
      providers: (providers.data?.payment_providers ?? []).map(({ id }) => id).sort(),
    };
  }, [regions.data, providers.data]);
}
