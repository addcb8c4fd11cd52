import { Badge, IconButton, Text } from "@medusajs/ui";
import { Beaker } from "@medusajs/icons";
import { useState, type ReactElement } from "react";
import type { AdminDeclinesResult, AdminKnownDecline } from "../../api/admin/tender/declines/contract";
import type { AdminDecliningProvider } from "../../api/admin/tender/recovery-rules/contract";
import { Choice } from "../components/choice";
import { KeysetPager } from "../components/keyset-pager";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { useApi } from "../lib/api";
import { useKeyset } from "../lib/use-filters";
import { useTexts } from "../lib/use-texts";
import { SearchField } from "./search-field";
import { useCategories } from "./use-categories";

const ALL = "all";
const PER_PAGE = 25;

/** Every code that a gateway knows, to be looked up and tried in the simulator. */
export function CodesSection({
  providers,
  onSimulate,
}: Readonly<{
  providers: readonly AdminDecliningProvider[];
  onSimulate: (provider_id: string, code: string) => void;
}>): ReactElement {
  const { t } = useTexts();
  const categories = useCategories();
  const [provider_id, setProviderId] = useState(providers[0]?.provider_id ?? "");
  const [search, setSearch] = useState("");
  const [category, setCategory] = useState(ALL);
  const keyset = useKeyset({ provider_id, search, category });
  const codes = useApi<AdminDeclinesResult>(
    "/admin/tender/declines",
    {
      provider_id,
      search: search.trim(),
      category: category === ALL ? undefined : category,
      limit: PER_PAGE,
      cursor: keyset.cursor,
    },
    { enabled: provider_id !== "" },
  );
  if (provider_id === "") {
    return (
      <Section title={t("rules.codes.title")}>
        <Empty>{t("rules.codes.no_gateways")}</Empty>
      </Section>
    );
  }
  return (
    <Section title={t("rules.codes.title")} hint={t("rules.codes.hint")}>
      <div className="flex flex-wrap items-end gap-4 px-6 py-4">
        <div className="w-48">
          <Choice
            label={t("rules.codes.gateway")}
            value={provider_id}
            onChange={setProviderId}
            options={providers.map(({ provider_id: value }) => ({ value, label: value }))}
          />
        </div>
        <SearchField label={t("rules.codes.search")} value={search} onChange={setSearch} />
        <div className="w-72">
          <Choice
            label={t("rules.codes.category")}
            value={category}
            onChange={setCategory}
            options={[{ value: ALL, label: t("common.all") }, ...categories]}
          />
        </div>
      </div>
      <Loaded of={codes} label={t("rules.codes.title")} rows={6}>
        {({ declines, count, next_cursor }) =>
          declines.length === 0 ? (
            <Empty>{t(search === "" && category === ALL ? "rules.codes.none" : "rules.codes.empty")}</Empty>
          ) : (
            <>
              <ul className="divide-y">
                {declines.map((decline) => (
                  <CodeRow
                    key={decline.code}
                    decline={decline}
                    onSimulate={() => onSimulate(provider_id, decline.code)}
                  />
                ))}
              </ul>
              <div className="px-6 py-4">
                <Text size="small" className="text-ui-fg-subtle">
                  {t("rules.codes.count", { count })}
                </Text>
              </div>
              <KeysetPager keyset={keyset} next_cursor={next_cursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function CodeRow({
  decline: { code, category, words, source, rule_id },
  onSimulate,
}: Readonly<{ decline: AdminKnownDecline; onSimulate: () => void }>): ReactElement {
  const { t } = useTexts();
  return (
    <li
      data-code={code}
      className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-x-4 px-6 py-3"
    >
      <div className="min-w-0">
        <Text size="small" weight="plus" className="break-words">
          <bdi>{code}</bdi>
        </Text>
        {words && (
          <Text size="xsmall" className="text-ui-fg-subtle">
            <bdi dir="ltr">{words}</bdi>
          </Text>
        )}
      </div>
      <div className="min-w-0">
        <Text size="small">{t(`declines.${category}`)}</Text>
        <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge size="2xsmall">
            <bdi>{rule_id}</bdi>
          </Badge>
          <Text size="xsmall" className="text-ui-fg-subtle">
            {t("rules.codes.source")}: <bdi dir="ltr">{source}</bdi>
          </Text>
        </div>
      </div>
      <IconButton
        size="small"
        variant="transparent"
        aria-label={t("rules.codes.simulate", { code })}
        onClick={onSimulate}
      >
        <Beaker />
      </IconButton>
    </li>
  );
}
