import type { IRegionModuleService, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import type { GatewayPaymentProvider, Health, SetUp } from "../../../gateway";
import type { ProviderNews } from "../../../modules/tender/stores/provider-news-store";
import { toProviderSetting, toSettingValues } from "../../../modules/tender/stores/setting-row";
import {
  groupOptions,
  orderRevision,
  placeOptions,
  type OptionPlace,
  type SettingValues,
} from "../../../services";
import { tenderModule } from "../../medusa/load-cart";
import { listInstalledProviders, startedProviders, type InstalledProvider } from "./installed-providers";

/** More than any store has. */
const MOST_REGIONS = 1_000;

/** One method of a provider, as operators set it. */
export type MethodOverview = Readonly<{
  id: string;
  icon: string;
  /** The gateway's own, for a method without a common name. */
  names: SettingValues["titles"];
  express: boolean;
  enabled: boolean;
  apart: boolean;
  titles: SettingValues["titles"];
}>;

/** A provider with everything that operators see of it. */
export type ProviderOverview = ProviderNews &
  Readonly<{
    id: string;
    kind: InstalledProvider["kind"];
    /** Null where the gateway does not tell. */
    set_up: SetUp | null;
    /** How its id ends where several of a kind are installed. */
    account: string | null;
    /** This server's circuit breaker; null for other plugins' providers. */
    health: Health | null;
    sends_webhooks: boolean;
    setting: Pick<SettingValues, "enabled" | "apart" | "titles">;
    /** Columns of its setting that nobody can read. */
    unreadable: readonly string[];
    methods: readonly MethodOverview[];
    /** Ids of the regions that enable it. */
    region_ids: readonly string[];
  }>;

export type RegionOverview = Readonly<{ id: string; name: string; currency_code: string }>;

/** What shoppers are offered, and who is behind it. */
export type OptionsOverview = Readonly<{
  providers: readonly ProviderOverview[];
  /** The order that shoppers see; within an option the order in which its providers are asked. */
  order: readonly (OptionPlace & Readonly<{ apart: boolean }>)[];
  /** Stands for this order when it is changed. */
  order_revision: string;
  regions: readonly RegionOverview[];
}>;

/** All installed providers, their settings, the order of options and the regions. */
export async function listProviders(container: MedusaContainer): Promise<OptionsOverview> {
  const installed = await listInstalledProviders(container);
  const { settings, provider_news } = tenderModule(container);
  const [rows, news, links, regions] = await Promise.all([
    settings.rows(),
    provider_news.listLast(installed.map(({ id }) => id)),
    listLinks(container),
    container
      .resolve<IRegionModuleService>(Modules.REGION)
      .listRegions(
        {},
        { select: ["id", "name", "currency_code"], take: MOST_REGIONS, order: { name: "ASC" } },
      ),
  ]);
  const row_of = new Map(rows.map((row) => [row.provider_id, row]));
  const options = placeOptions(
    startedProviders(installed),
    rows.map((row) => toProviderSetting(row, () => undefined)),
  );
  return {
    providers: installed.map((provider) => {
      const { unreadable, methods, ...setting } = toSettingValues(row_of.get(provider.id));
      return {
        id: provider.id,
        kind: provider.kind,
        ...factsOf(provider),
        ...(news.get(provider.id) ?? { last_webhook_at: null, last_failure: null }),
        setting,
        unreadable,
        methods: options
          .filter((option) => option.provider.id === provider.id)
          .map(({ method, capability, apart }) => ({
            id: method,
            icon: capability?.icon ?? method,
            names: capability?.titles ?? {},
            express: capability?.express ?? false,
            enabled: methods[method]?.enabled ?? true,
            apart,
            titles: methods[method]?.titles ?? {},
          })),
        region_ids: links
          .filter(({ payment_provider_id }) => payment_provider_id === provider.id)
          .map(({ region_id }) => region_id),
      };
    }),
    order: groupOptions(options).map((group) => ({
      method: group[0]?.method ?? "",
      apart: group[0]?.apart ?? false,
      provider_ids: group.map((option) => option.provider.id),
    })),
    order_revision: orderRevision(options),
    regions: regions.map(({ id, name, currency_code }) => ({ id, name, currency_code })),
  };
}

function factsOf(
  installed: InstalledProvider,
): Pick<ProviderOverview, "set_up" | "account" | "health" | "sends_webhooks"> {
  if (installed.kind !== "gateway") {
    return { set_up: null, account: null, health: null, sends_webhooks: installed.kind === "foreign" };
  }
  const { provider } = installed;
  return {
    set_up: provider.gateway.set_up ?? null,
    account: accountOf(provider),
    health: provider.health.state,
    sends_webhooks: provider.gateway.lookForNews === undefined,
  };
}

/** `a` of `pp_sandbox_a`. */
function accountOf({ provider_id, constructor }: GatewayPaymentProvider): string | null {
  const { identifier } = constructor as unknown as Readonly<{ identifier: string }>;
  const account = provider_id.slice(`pp_${identifier}_`.length);
  return account === "" ? null : account;
}

async function listLinks(
  container: MedusaContainer,
): Promise<readonly Readonly<{ region_id: string; payment_provider_id: string }>[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "region_payment_provider",
    fields: ["region_id", "payment_provider_id"],
  });
  return data;
}
