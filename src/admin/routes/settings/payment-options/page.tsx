import { defineRouteConfig } from "@medusajs/admin-sdk";
import { CreditCard } from "@medusajs/icons";
import { Container, Heading, Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import { Loaded } from "../../../components/states";
import { useTexts } from "../../../lib/use-texts";
import { EmptyRegions } from "../../../options/empty-regions";
import { emptyRegions } from "../../../options/offered";
import { OptionExtras } from "../../../options/option-extras";
import { OrderSection } from "../../../options/order-section";
import { PreviewSection } from "../../../options/preview/preview-section";
import { ProviderSection } from "../../../options/provider-section";
import { useProviders } from "../../../options/use-providers";

/** Settings: what shoppers may pay with, in which order, through whom, and where. */
export default function PaymentOptionsPage(): ReactElement {
  const { t } = useTexts();
  const providers = useProviders();
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="px-6 py-4">
        <Heading level="h1">{t("options.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("options.hint")}
        </Text>
      </Container>
      <Loaded of={providers} label={t("options.title")} rows={8}>
        {(state) => (
          <>
            <EmptyRegions regions={emptyRegions(state)} />
            <OrderSection state={state} onRefused={providers.refetch} />
            {state.providers.map((provider) => (
              <ProviderSection
                key={provider.id}
                provider={provider}
                state={state}
                extras={<OptionExtras provider={provider} />}
              />
            ))}
            <PreviewSection state={state} />
          </>
        )}
      </Loaded>
    </div>
  );
}

/** Above the page, after Medusa's "Settings". */
export const handle = { breadcrumb: () => <PageName /> };

function PageName(): ReactElement {
  const { t } = useTexts();
  return <>{t("options.title")}</>;
}

export const config = defineRouteConfig({
  label: "options.title",
  icon: CreditCard,
  rank: 10,
  translationNs: "tender",
});
