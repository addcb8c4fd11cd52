import { useApi } from "./api";

type Providers = Readonly<{ payment_providers: readonly Readonly<{ id: string }>[] }>;

/** All providers that Medusa knows, to filter by. */
export function useProviderOptions(): readonly Readonly<{ value: string; label: string }>[] {
  const { data } = useApi<Providers>("/admin/payments/payment-providers", { limit: 100 });
  return (data?.payment_providers ?? []).map(({ id }) => ({ value: id, label: id }));
}
