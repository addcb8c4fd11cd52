import { Badge, Heading, Text } from "@medusajs/ui";
import { useState, type ReactElement, type ReactNode } from "react";
import type {
  AdminHiddenOption,
  AdminOfferedOption,
} from "../../../api/admin/tender/option-preview/contract";
import type {
  AdminPaymentProvider,
  AdminPaymentProvidersResult,
} from "../../../api/admin/tender/providers/contract";
import { Section } from "../../components/section";
import { Empty, Failed, Loading } from "../../components/states";
import { isolated } from "../../lib/isolated";
import { useTexts } from "../../lib/use-texts";
import { MethodMark } from "../marks";
import { useNames } from "../use-names";
import { useReasonInWords } from "./reason-in-words";
import { usePreview } from "./use-preview";
import { wishOf, type WishDraft } from "./wish";
import { WishForm } from "./wish-form";

/** What a shopper sees, and why the rest is hidden. */
export function PreviewSection({ state }: Readonly<{ state: AdminPaymentProvidersResult }>): ReactElement {
  const { t } = useTexts();
  const [region] = state.regions;
  const [draft, setDraft] = useState<WishDraft>({
    kind: "region",
    cart_id: "",
    region_id: region?.id ?? "",
    currency_code: region?.currency_code ?? "",
    country: "",
    amount: "",
    group_id: "",
  });
  const wish = wishOf(draft);
  const preview = usePreview(wish);
  const { isError, data, error, refetch } = preview;
  return (
    <section aria-label={t("option_preview.preview")}>
      <Section title={t("option_preview.preview")} hint={t("option_preview.preview_hint")}>
        <WishForm draft={draft} onChange={setDraft} />
        {wish === undefined ? (
          <Empty>{t(draft.kind === "cart" ? "option_preview.enter_cart" : "options.no_regions")}</Empty>
        ) : isError ? (
          isNotFound(error) ? (
            <Empty>{t("option_preview.not_found")}</Empty>
          ) : (
            <Failed onRetry={() => void refetch()}>{error.message}</Failed>
          )
        ) : data === undefined ? (
          <Loading label={t("option_preview.preview")} rows={4} />
        ) : (
          <>
            <Offered offered={data.preview.offered} providers={state.providers} />
            <Hidden hidden={data.preview.hidden} providers={state.providers} />
          </>
        )}
      </Section>
    </section>
  );
}

type Providers = Readonly<{ providers: readonly AdminPaymentProvider[] }>;

function Offered({
  offered,
  providers,
}: Providers & Readonly<{ offered: readonly AdminOfferedOption[] }>): ReactElement {
  const { t } = useTexts();
  const nameOf = useProviderName(providers);
  return (
    <Part title={t("option_preview.shows")}>
      {offered.length === 0 ? (
        <Text size="small">{t("option_preview.shows_nothing")}</Text>
      ) : (
        <ol className="flex flex-col gap-y-3">
          {offered.map((option) => (
            <li key={option.id} data-offered={option.id} className="flex items-start gap-x-3">
              <MethodMark icon={option.icon} />
              <div className="min-w-0">
                <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <Text size="small" weight="plus">
                    <bdi>{option.title}</bdi>
                  </Text>
                  {option.express && <Badge size="2xsmall">{t("options.express_badge")}</Badge>}
                </div>
                <Text size="small" className="text-ui-fg-subtle break-words">
                  <bdi>{option.incentive?.title ?? option.description}</bdi>
                </Text>
                <Text size="xsmall" className="text-ui-fg-muted">
                  {t("option_preview.asked", {
                    providers: option.provider_ids
                      .map((id) => isolated(nameOf(id)))
                      .join(t("options.then_separator")),
                  })}
                  {option.incentive && (
                    <> · {t("option_preview.comes_with", { code: isolated(option.incentive.code) })}</>
                  )}
                </Text>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

function Hidden({
  hidden,
  providers,
}: Providers & Readonly<{ hidden: readonly AdminHiddenOption[] }>): ReactElement {
  const { t } = useTexts();
  const nameOf = useProviderName(providers);
  const inWords = useReasonInWords();
  return (
    <Part title={t("option_preview.hides")}>
      {hidden.length === 0 ? (
        <Text size="small">{t("option_preview.hides_nothing")}</Text>
      ) : (
        <ul className="flex flex-col gap-y-3">
          {hidden.map(({ provider_id, method, title, reasons }) => (
            <li key={`${provider_id}:${method}`} data-hidden={`${provider_id}:${method}`}>
              <Text size="small" weight="plus" className="break-words">
                {method === null || method === provider_id
                  ? isolated(nameOf(provider_id))
                  : t("option_preview.through", {
                      method: isolated(title),
                      provider: isolated(nameOf(provider_id)),
                    })}
              </Text>
              <ul className="text-ui-fg-subtle txt-small list-inside list-disc">
                {reasons.map((reason) => (
                  <li key={reason.code} data-reason={reason.code} className="break-words">
                    {inWords(reason)}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Part({ title, children }: Readonly<{ title: string; children: ReactNode }>): ReactElement {
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <Heading level="h3">{title}</Heading>
      {children}
    </div>
  );
}

function useProviderName(providers: readonly AdminPaymentProvider[]): (id: string) => string {
  const { providerName } = useNames();
  const by_id = new Map(providers.map((provider) => [provider.id, provider]));
  return (id) => {
    const provider = by_id.get(id);
    return provider ? providerName(provider) : id;
  };
}

function isNotFound(error: Error): boolean {
  return "status" in error && error.status === 404;
}
