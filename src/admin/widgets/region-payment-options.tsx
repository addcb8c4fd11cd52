import { defineWidgetConfig } from "@medusajs/admin-sdk";
import type { AdminRegion, DetailWidgetProps } from "@medusajs/framework/types";
import { Button, Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import { Link } from "react-router-dom";
import type { AdminPaymentProvidersResult } from "../../api/admin/tender/providers/contract";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { useTexts } from "../lib/use-texts";
import { EmptyRegions } from "../options/empty-regions";
import { LabelledSwitch } from "../options/labelled-switch";
import { MethodMark, ProviderMark } from "../options/marks";
import { emptyRegions, isOffered } from "../options/offered";
import { useNames } from "../options/use-names";
import { useProviders, useSwitches } from "../options/use-providers";

/** On a region's page: what shoppers there may pay with, in order, and who may be asked for it. */
export default function RegionPaymentOptions({ data: region }: DetailWidgetProps<AdminRegion>): ReactElement {
  const { t } = useTexts();
  const providers = useProviders();
  return (
    <Section
      title={t("options.title")}
      hint={t("options.region_hint")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="/settings/payment-options">{t("options.open_settings")}</Link>
        </Button>
      }
    >
      <Loaded of={providers} label={t("options.title")}>
        {(state) => <RegionOptions region_id={region.id} state={state} />}
      </Loaded>
    </Section>
  );
}

function RegionOptions({
  region_id,
  state,
}: Readonly<{ region_id: string; state: AdminPaymentProvidersResult }>): ReactElement {
  const { t } = useTexts();
  const { methodName, providerName } = useNames();
  const turn = useSwitches(state);
  const region = state.regions.find(({ id }) => id === region_id);
  const offered = offeredIn(state, region_id);
  const empty = emptyRegions(state).filter(({ id }) => id === region_id);
  if (state.providers.length === 0) return <Empty>{t("options.no_providers")}</Empty>;
  return (
    <>
      {empty.length > 0 && (
        <div className="px-6 py-4">
          <EmptyRegions regions={empty} />
        </div>
      )}
      {offered.length > 0 && (
        <ol aria-label={t("options.order_title")} className="flex flex-col gap-y-3 px-6 py-4" data-offered>
          {offered.map(({ key, method, known, asked }) => (
            <li key={key} className="flex items-center gap-x-3" data-option={method}>
              <MethodMark icon={known.icon} />
              <div className="min-w-0">
                <Text size="small" weight="plus">
                  <bdi>{methodName(method, known)}</bdi>
                </Text>
                {asked[0]?.id !== method && (
                  <Text size="small" className="text-ui-fg-subtle">
                    {t("options.through")}{" "}
                    {asked.map((provider, at) => (
                      <span key={provider.id}>
                        {at > 0 && t("options.then_separator")}
                        <bdi>{providerName(provider)}</bdi>
                      </span>
                    ))}
                  </Text>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      <ul aria-label={t("options.providers_here")} className="flex flex-col gap-y-3 px-6 py-4">
        {state.providers.map((provider) => (
          <li key={provider.id} className="flex items-center gap-x-3" data-provider={provider.id}>
            <ProviderMark name={providerName(provider)} />
            <div className="min-w-0 flex-1">
              <Text size="small">
                <bdi>{providerName(provider)}</bdi>
              </Text>
              {!isOffered(provider) && (
                <Text size="xsmall" className="text-ui-fg-muted">
                  {t("options.off_everywhere")}
                </Text>
              )}
            </div>
            <LabelledSwitch
              label={t("options.switch_region", {
                region: region?.name ?? region_id,
                name: providerName(provider),
              })}
              checked={provider.region_ids.includes(region_id)}
              onChange={(enabled) => void turn(provider, { enabled, region_id })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The options of a region in order, each with the providers that are asked there. */
function offeredIn({ order, providers }: AdminPaymentProvidersResult, region_id: string) {
  return order.flatMap(({ method, apart, provider_ids }) => {
    const asked = provider_ids.flatMap((id) => {
      const provider = providers.find((candidate) => candidate.id === id);
      const isHere = provider?.region_ids.includes(region_id) && isOffered(provider);
      const isOn = provider?.methods.some((own) => own.id === method && own.enabled);
      return provider && isHere && isOn ? [provider] : [];
    });
    const known = asked[0]?.methods.find(({ id }) => id === method);
    return known ? [{ key: apart ? `${method} ${asked[0]?.id}` : method, method, known, asked }] : [];
  });
}

export const config = defineWidgetConfig({
  zone: "region.details.after",
  id: "tender:region-payment-options",
});
