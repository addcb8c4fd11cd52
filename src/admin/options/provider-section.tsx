import { Alert, Badge, Button, Container, Heading, Text } from "@medusajs/ui";
import { useState, type ReactElement, type ReactNode } from "react";
import type {
  AdminPaymentProvider,
  AdminPaymentProvidersResult,
  AdminProviderMethod,
} from "../../api/admin/tender/providers/contract";
import { useTexts } from "../lib/use-texts";
import { ConnectionCheck } from "./connection-check";
import { LabelledSwitch } from "./labelled-switch";
import { MethodMark, ProviderMark } from "./marks";
import { ProviderFacts } from "./provider-facts";
import { useNames } from "./use-names";
import { useSwitches } from "./use-providers";
import { WordsDrawer } from "./words-drawer";

/** One provider: how it is set up, how it fares, and the switches of its methods and regions. */
export function ProviderSection({
  provider,
  state,
  extras,
}: Readonly<{
  provider: AdminPaymentProvider;
  state: AdminPaymentProvidersResult;
  /** Further things to set for it. */
  extras?: ReactNode;
}>): ReactElement {
  const { t } = useTexts();
  const { providerName } = useNames();
  const turn = useSwitches(state);
  const name = providerName(provider);
  return (
    <Container className="divide-y p-0" data-provider-section={provider.id}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-4">
        <div className="flex min-w-0 items-center gap-x-3">
          <ProviderMark name={name} />
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-2">
              <Heading level="h2">
                <bdi>{name}</bdi>
              </Heading>
              {provider.mode && (
                <Badge size="2xsmall" color={provider.mode === "test" ? "orange" : "green"}>
                  {t(`options.mode_${provider.mode}`)}
                </Badge>
              )}
              {provider.kind === "foreign" && <Badge size="2xsmall">{t("options.foreign_badge")}</Badge>}
            </div>
            <Text size="xsmall" className="text-ui-fg-muted break-all">
              <bdi dir="ltr">{provider.id}</bdi>
            </Text>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          {provider.kind === "gateway" && <ConnectionCheck provider={provider} />}
          <span className="flex items-center gap-x-2">
            <Text size="small" aria-hidden="true">
              {t(provider.enabled ? "options.on" : "options.off")}
            </Text>
            <LabelledSwitch
              label={t("options.switch_provider", { name })}
              checked={provider.enabled}
              onChange={(enabled) => void turn(provider, { enabled })}
            />
          </span>
        </div>
      </div>
      <Warnings provider={provider} />
      {provider.kind !== "broken" && (
        <>
          <ProviderFacts provider={provider} />
          <div className="grid grid-cols-1 gap-x-8 gap-y-6 px-6 py-4 lg:grid-cols-2">
            <Methods provider={provider} name={name}>
              {(method, methodName) =>
                provider.kind === "gateway" && (
                  <LabelledSwitch
                    label={t("options.switch_method", { method: methodName, name })}
                    checked={method.enabled}
                    onChange={(enabled) => void turn(provider, { enabled, method: method.id })}
                  />
                )
              }
            </Methods>
            <Regions provider={provider} state={state}>
              {(region) => (
                <LabelledSwitch
                  label={t("options.switch_region", { region: region.name, name })}
                  checked={provider.region_ids.includes(region.id)}
                  onChange={(enabled) => void turn(provider, { enabled, region_id: region.id })}
                />
              )}
            </Regions>
          </div>
          {extras !== undefined && <div className="flex flex-wrap gap-2 px-6 py-4">{extras}</div>}
        </>
      )}
    </Container>
  );
}

/** What keeps it from working as expected. Options are named; what is set never reaches the page. */
function Warnings({ provider }: Readonly<{ provider: AdminPaymentProvider }>): ReactElement | null {
  const { t } = useTexts();
  const { kind, missing, unreadable } = provider;
  if (kind !== "broken" && missing.length === 0 && unreadable.length === 0) return null;
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      {kind === "broken" && <Alert variant="error">{t("options.broken")}</Alert>}
      {missing.length > 0 && (
        <Alert variant="warning">
          {t("options.missing", { count: missing.length })} <Names of={missing} />
        </Alert>
      )}
      {unreadable.length > 0 && (
        <Alert variant="error">
          {t("options.unreadable")} <Names of={unreadable} />
        </Alert>
      )}
    </div>
  );
}

function Names({ of }: Readonly<{ of: readonly string[] }>): ReactElement {
  const { t } = useTexts();
  return (
    <>
      {of.map((name, at) => (
        <span key={name}>
          {at > 0 && t("options.list_separator")}
          <bdi dir="ltr" className="font-mono">
            {name}
          </bdi>
        </span>
      ))}
    </>
  );
}

function Methods({
  provider,
  name,
  children,
}: Readonly<{
  provider: AdminPaymentProvider;
  name: string;
  children: (method: AdminProviderMethod, name: string) => ReactNode;
}>): ReactElement {
  const { t, language } = useTexts();
  const { methodName } = useNames();
  const [edited, setEdited] = useState<AdminProviderMethod>();
  return (
    <div>
      <Text size="small" weight="plus" className="pb-2">
        {t("options.methods")}
      </Text>
      <ul className="flex flex-col gap-y-2" aria-label={t("options.methods_of", { name })}>
        {provider.methods.map((method) => {
          const shown = methodName(method.id, method);
          const titles = provider.kind === "foreign" ? provider.titles : method.titles;
          const own = titles[language]?.title ?? titles["en"]?.title;
          return (
            <li key={method.id} className="flex items-center gap-x-3" data-method={method.id}>
              <MethodMark icon={method.icon} />
              <div className="min-w-0 flex-1">
                <div className="flex flex-wrap items-center gap-x-2">
                  <Text size="small">
                    <bdi>{shown}</bdi>
                  </Text>
                  {method.apart && <Badge size="2xsmall">{t("options.apart_badge")}</Badge>}
                </div>
                {own !== undefined && (
                  <Text size="xsmall" className="text-ui-fg-subtle break-words">
                    {t("options.shown_as")} <bdi>{own}</bdi>
                  </Text>
                )}
              </div>
              <Button
                size="small"
                variant="transparent"
                aria-label={t("options.edit_words", { method: shown, name })}
                onClick={() => setEdited(method)}
              >
                {t("common.edit")}
              </Button>
              {children(method, shown)}
            </li>
          );
        })}
      </ul>
      {edited && <WordsDrawer provider={provider} method={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

function Regions({
  provider,
  state: { regions },
  children,
}: Readonly<{
  provider: AdminPaymentProvider;
  state: AdminPaymentProvidersResult;
  children: (region: AdminPaymentProvidersResult["regions"][number]) => ReactNode;
}>): ReactElement {
  const { t } = useTexts();
  const { providerName } = useNames();
  return (
    <div>
      <Text size="small" weight="plus" className="pb-2">
        {t("options.regions")}
      </Text>
      {regions.length === 0 && <Text size="small">{t("options.no_regions")}</Text>}
      <ul
        className="flex flex-col gap-y-2"
        aria-label={t("options.regions_of", { name: providerName(provider) })}
      >
        {regions.map((region) => (
          <li
            key={region.id}
            className="flex min-h-7 items-center justify-between gap-x-3"
            data-region={region.id}
          >
            <Text size="small" className="min-w-0 break-words">
              <bdi>{region.name}</bdi>{" "}
              <bdi className="text-ui-fg-muted uppercase">{region.currency_code}</bdi>
            </Text>
            {children(region)}
          </li>
        ))}
      </ul>
    </div>
  );
}
