import type { ProviderSetting } from "./types";

/** Id of the promotion that comes with a provider's method: the method's own, else the provider's. */
export function incentiveOf(setting: ProviderSetting | undefined, method: string): string | undefined {
  const { methods = {}, all } = setting?.incentive ?? {};
  const own = Object.hasOwn(methods, method) ? methods[method] : undefined;
  return (own ?? all)?.promotion_id;
}
