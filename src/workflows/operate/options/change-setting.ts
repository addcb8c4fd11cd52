import type { MedusaContainer } from "@medusajs/framework/types";
import { toSettingValues } from "../../../modules/tender/stores/setting-row";
import { settingAfter, spokenOf, type SettingWish } from "../../../services";
import { tenderModule } from "../../medusa/load-cart";
import { assertHasMethods } from "./has-methods";
import { requireInstalled } from "./installed-providers";

/**
 * Changes what an operator decides about a provider; what the wish leaves out stays, whoever changes that meanwhile. A
 * column that could not be read is replaced by what is wished.
 * @throws MedusaError `NOT_FOUND` for a provider that is not installed, `INVALID_DATA` for a method it does not have
 */
export async function changeProviderSetting(
  container: MedusaContainer,
  { provider_id, wish, actor_id }: Readonly<{ provider_id: string; wish: SettingWish; actor_id: string }>,
): Promise<void> {
  assertHasMethods(await requireInstalled(container, provider_id), Object.keys(wish.methods ?? {}));
  await tenderModule(container).settings.change((rows) => {
    const values = toSettingValues(rows.find((row) => row.provider_id === provider_id));
    const wished = settingAfter(values, wish);
    return {
      write: [
        {
          provider_id,
          enabled: wished.enabled,
          apart: wished.apart,
          ...(wish.titles && { titles: wished.titles }),
          ...(wish.methods && { methods: wished.methods }),
        },
      ],
      log: {
        actor_id,
        action: "provider_setting.update",
        subject: provider_id,
        before: spokenOf(values, wish),
        after: spokenOf(wished, wish),
      },
      result: undefined,
    };
  });
}
