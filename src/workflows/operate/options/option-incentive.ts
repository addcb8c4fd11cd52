import type { IPromotionModuleService, MedusaContainer } from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import { incentiveIn } from "../../../modules/tender/stores/setting-row";
import type { IncentiveSetting, ProviderSetting } from "../../../services";
import { tenderModule } from "../../medusa/load-cart";
import { listPromotions } from "../../pay/incentives";
import { assertHasMethods } from "./has-methods";
import { requireInstalled } from "./installed-providers";

type Incentives = NonNullable<ProviderSetting["incentive"]>;

/** A promotion that is tied to something; without a code it was deleted. */
type Tied = Readonly<{ id: string; code: string | null; active: boolean }>;

/** What comes with a provider's options, as an operator reads it. */
export type ReadIncentive = Readonly<{
  provider_id: string;
  all: Tied | null;
  methods: Readonly<Record<string, Tied>>;
}>;

/** @throws MedusaError `NOT_FOUND` for a provider that is not installed */
export async function readIncentive(container: MedusaContainer, provider_id: string): Promise<ReadIncentive> {
  await requireInstalled(container, provider_id);
  const rows = await tenderModule(container).settings.rows();
  return toRead(container, provider_id, incentiveIn(rows.find((row) => row.provider_id === provider_id)));
}

export type IncentiveWish = Readonly<{
  provider_id: string;
  /** Without it, for all of the provider's methods that have none of their own. */
  method?: string;
  /** Null unties. */
  promotion_code: string | null;
  actor_id: string;
}>;

/**
 * Ties a promotion to a provider's options, or unties it.
 * @throws MedusaError `NOT_FOUND` for a provider that is not installed; `INVALID_DATA` for a method it does not have, a
 *   promotion that does not exist, and one that Medusa applies to every cart by itself
 */
export async function changeIncentive(
  container: MedusaContainer,
  { provider_id, method, promotion_code, actor_id }: IncentiveWish,
): Promise<ReadIncentive> {
  const provider = await requireInstalled(container, provider_id);
  assertHasMethods(provider, method === undefined ? [] : [method]);
  const tied = promotion_code === null ? undefined : await promotionOf(container, promotion_code);
  const after = await tenderModule(container).settings.change((rows) => {
    const before = incentiveIn(rows.find((row) => row.provider_id === provider_id));
    const after = withTied(before, method, tied);
    return {
      write: [{ provider_id, incentive: after }],
      log: { actor_id, action: "option_incentive.update", subject: provider_id, before, after },
      result: after,
    };
  });
  return toRead(container, provider_id, after);
}

function withTied(
  { all, methods = {} }: Incentives,
  method: string | undefined,
  tied: IncentiveSetting | undefined,
): Incentives {
  if (method === undefined) {
    return { ...(tied && { all: tied }), methods };
  }
  const others = Object.entries(methods).filter(([id]) => id !== method);
  return {
    ...(all && { all }),
    methods: Object.fromEntries([...others, ...(tied ? [[method, tied] as const] : [])]),
  };
}

async function promotionOf(container: MedusaContainer, code: string): Promise<IncentiveSetting> {
  const [promotion] = await container
    .resolve<IPromotionModuleService>(Modules.PROMOTION)
    .listPromotions({ code }, { select: ["id", "is_automatic"], take: 1 });
  if (!promotion) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `There is no promotion with the code "${code}".`);
  }
  if (promotion.is_automatic) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The promotion "${code}" is applied to every cart by itself. Choose one that needs its code.`,
    );
  }
  return { promotion_id: promotion.id };
}

async function toRead(
  container: MedusaContainer,
  provider_id: string,
  { all, methods = {} }: Incentives,
): Promise<ReadIncentive> {
  const ids = [all, ...Object.values(methods)].flatMap((one) => one?.promotion_id ?? []);
  const [known, active] = await Promise.all([
    ids.length > 0
      ? container
          .resolve<IPromotionModuleService>(Modules.PROMOTION)
          .listPromotions({ id: ids }, { select: ["id", "code"], take: ids.length })
      : [],
    listPromotions(container, ids),
  ]);
  const tied = ({ promotion_id: id }: IncentiveSetting): Tied => ({
    id,
    code: known.find((one) => one.id === id)?.code ?? null,
    active: active.some((one) => one.id === id),
  });
  return {
    provider_id,
    all: all ? tied(all) : null,
    methods: Object.fromEntries(Object.entries(methods).map(([method, one]) => [method, tied(one)])),
  };
}
