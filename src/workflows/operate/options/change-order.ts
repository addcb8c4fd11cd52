import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { toProviderSetting, toSettingValues } from "../../../modules/tender/stores/setting-row";
import type { SettingChange } from "../../../modules/tender/stores/setting-store";
import {
  groupOptions,
  orderRevision,
  placeOptions,
  positionsFor,
  type OptionPlace,
  type OrderFault,
} from "../../../services";
import { tenderModule } from "../../medusa/load-cart";
import { listInstalledProviders, startedProviders } from "./installed-providers";

export type OrderWish = Readonly<{
  order: readonly OptionPlace[];
  /** Of the order that the operator saw. */
  revision: string;
  actor_id: string;
}>;

/**
 * Sets the order in which shoppers see the options, and in which an option's providers are asked. False when somebody else
 * changed the order since the operator saw it: nothing is changed then.
 * @throws MedusaError `NOT_FOUND` for a provider that is not installed, `INVALID_DATA` for a method it does not have and for
 * an option that is named twice
 */
export async function changeOptionOrder(
  container: MedusaContainer,
  { order, revision, actor_id }: OrderWish,
): Promise<boolean> {
  const providers = startedProviders(await listInstalledProviders(container));
  return tenderModule(container).settings.change<boolean>((rows) => {
    const settings_now = rows.map((row) => toProviderSetting(row, () => undefined));
    const options = placeOptions(providers, settings_now);
    const wished = positionsFor(options, order);
    if ("fault" in wished) {
      throw faultError(wished.fault);
    }
    if (orderRevision(options) !== revision) {
      return { write: [], result: false };
    }
    const positions = asKept(options, wished.positions);
    const sorted = [...options].sort((a, b) => (positions.get(a.id) ?? 0) - (positions.get(b.id) ?? 0));
    const write = providers.map((provider): SettingChange => {
      const provider_id = provider.id;
      const { methods, unreadable } = toSettingValues(rows.find((row) => row.provider_id === provider_id));
      const own = options.filter((option) => option.provider.id === provider_id);
      if (unreadable.includes("methods")) {
        return { provider_id, position: positions.get(own[0]?.id ?? "") ?? null };
      }
      const placed = own.map(
        ({ id, method }) => [method, { ...methods[method], position: positions.get(id) }] as const,
      );
      // A method that its gateway gets later comes last, as one that nobody placed.
      return { provider_id, position: null, methods: { ...methods, ...Object.fromEntries(placed) } };
    });
    const [before, after] = [shown(options), shown(sorted)];
    const log = { actor_id, action: "option_order.update", subject: "option_order", before, after };
    return { write, log, result: true };
  });
}

/**
 * Positions that can be kept: methods that cannot be read stay unread, so that nobody is charged there. Their provider has
 * one place only, its last one, where it stands in nobody's way.
 */
function asKept(
  options: ReturnType<typeof placeOptions>,
  wished: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const place = ({ id }: Readonly<{ id: string }>) => wished.get(id) ?? 0;
  return new Map(
    options.map((option) => {
      const { provider, setting } = option;
      const as_one = setting?.unreadable?.includes("methods") ?? false;
      const own = as_one ? options.filter((other) => other.provider.id === provider.id) : [option];
      return [option.id, Math.max(...own.map(place))];
    }),
  );
}

/** An order as the log of changes keeps it. */
function shown(options: ReturnType<typeof placeOptions>): readonly (readonly string[])[] {
  return groupOptions(options).map((group) => group.map(({ id }) => id));
}

function faultError(fault: OrderFault): MedusaError {
  const { INVALID_DATA, NOT_FOUND } = MedusaError.Types;
  if ("unknown_provider" in fault) {
    return new MedusaError(NOT_FOUND, `The payment provider ${fault.unknown_provider} is not installed.`);
  }
  return new MedusaError(
    INVALID_DATA,
    "named_twice" in fault
      ? `The payment option ${fault.named_twice} is named twice.`
      : `The payment provider ${fault.provider_id} has no method "${fault.lacks_method}".`,
  );
}
