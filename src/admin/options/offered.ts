import type {
  AdminOptionRegion,
  AdminPaymentProvider,
  AdminPaymentProvidersResult,
} from "../../api/admin/tender/providers/contract";

type State = Pick<AdminPaymentProvidersResult, "providers" | "regions">;

/** A switch that an operator turns: of a provider, of one of its methods, or of a region's. */
export type Switched = Readonly<{
  provider_id: string;
  enabled: boolean;
  method?: string;
  region_id?: string;
}>;

/** Regions where no provider offers anything, so that nobody can pay there. */
export function emptyRegions({ providers, regions }: State): readonly AdminOptionRegion[] {
  return regions.filter(
    ({ id }) => !providers.some((provider) => provider.region_ids.includes(id) && isOffered(provider)),
  );
}

/** Regions where this switch takes away the last option. */
export function emptiedBy(state: State, switched: Switched): readonly AdminOptionRegion[] {
  const empty_before = new Set(emptyRegions(state).map(({ id }) => id));
  const providers = state.providers.map((provider) =>
    provider.id === switched.provider_id ? after(provider, switched) : provider,
  );
  return emptyRegions({ ...state, providers }).filter(({ id }) => !empty_before.has(id));
}

/** Whether shoppers are offered anything of a provider where a region enables it. */
export function isOffered({ kind, enabled, methods, unreadable }: AdminPaymentProvider): boolean {
  return (
    kind !== "broken" &&
    enabled &&
    methods.some((method) => method.enabled) &&
    !unreadable.some((column) => column === "methods" || column === "rules")
  );
}

function after(
  provider: AdminPaymentProvider,
  { enabled, method, region_id }: Switched,
): AdminPaymentProvider {
  if (region_id !== undefined) {
    const others = provider.region_ids.filter((id) => id !== region_id);
    return { ...provider, region_ids: enabled ? [...others, region_id] : others };
  }
  if (method !== undefined) {
    return {
      ...provider,
      methods: provider.methods.map((known) => (known.id === method ? { ...known, enabled } : known)),
    };
  }
  return { ...provider, enabled };
}
