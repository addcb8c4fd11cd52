import type { MethodCapability } from "../../gateway/payment-gateway";
import { optionId } from "./option-id";
import type { MethodSetting, OptionProvider, ProviderSetting } from "./types";

/** What placing needs to know of a provider. */
type Placeable = Readonly<
  Pick<OptionProvider, "id"> &
    ({ kind: "foreign" } | { kind: "gateway"; methods: readonly MethodCapability[] })
>;

/** One method of one provider, with what the operator set for it. */
export type PlacedOption<Provider extends Placeable = OptionProvider> = Readonly<{
  id: string;
  provider: Provider;
  method: string;
  /** Undefined for a foreign provider. */
  capability: MethodCapability | undefined;
  setting: ProviderSetting | undefined;
  method_setting: MethodSetting | undefined;
  /** Shown as an option of its own. */
  apart: boolean;
}>;

/**
 * Every method of every provider in the order they are shown: operator's position, then the order of the providers, then
 * the gateway's order of methods.
 */
export function placeOptions<Provider extends Placeable>(
  providers: readonly Provider[],
  settings: readonly ProviderSetting[],
): readonly PlacedOption<Provider>[] {
  const setting_of = new Map(settings.map((setting) => [setting.provider_id, setting]));
  const placed: { position: number; option: PlacedOption<Provider> }[] = [];
  for (const provider of providers) {
    const setting = setting_of.get(provider.id);
    for (const capability of provider.kind === "gateway" ? provider.methods : [undefined]) {
      const method = capability?.id ?? provider.id;
      const method_setting = setting?.methods?.[method];
      placed.push({
        position: method_setting?.position ?? setting?.position ?? Number.MAX_SAFE_INTEGER,
        option: {
          id: optionId(provider.id, method),
          provider,
          method,
          capability,
          setting,
          method_setting,
          apart: method_setting?.apart ?? setting?.apart ?? false,
        },
      });
    }
  }
  // The sort is stable: what the operator did not place stays in the order it came in.
  return placed.sort((a, b) => a.position - b.position).map(({ option }) => option);
}

/** What a shopper sees as one, in order: the same method of several providers, or one that is shown apart. */
export function groupOptions<Option extends Readonly<{ id: string; method: string; apart: boolean }>>(
  options: readonly Option[],
): readonly (readonly Option[])[] {
  const groups = new Map<string, Option[]>();
  for (const option of options) {
    const key = option.apart ? option.id : option.method;
    const group = groups.get(key);
    if (group) {
      group.push(option);
    } else {
      groups.set(key, [option]);
    }
  }
  return [...groups.values()];
}
