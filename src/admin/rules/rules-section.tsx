import { Badge, IconButton, Text } from "@medusajs/ui";
import { PencilSquare } from "@medusajs/icons";
import { useState, type ReactElement } from "react";
import type {
  AdminRecoveryRule,
  AdminRecoveryRulesResult,
  ChangeableField,
} from "../../api/admin/tender/recovery-rules/contract";
import { Choice } from "../components/choice";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { Empty } from "../components/states";
import { useTexts } from "../lib/use-texts";
import { SwitchField } from "./switch-field";
import { RuleDrawer } from "./rule-drawer";
import { SearchField } from "./search-field";
import { useRuleWords } from "./use-rule-words";

const ALL = "all";
const LAYERS = ["network_advice", "gateway_advice", "decline_code", "category", "transport"] as const;

/** What a row tells of its rule; the rest shows where it is changed. */
const TOLD = ["same_provider", "switch_provider", "then"] as const;

/** Every recovery rule, to be searched and made stricter. */
export function RulesSection({ rules, risk_switch }: AdminRecoveryRulesResult): ReactElement {
  const { t } = useTexts();
  const words = useRuleWords();
  const [search, setSearch] = useState("");
  const [layer, setLayer] = useState<string>(ALL);
  const [only_changed, setOnlyChanged] = useState(false);
  const [edited_id, setEditedId] = useState<string>();
  const wanted = search.trim().toLowerCase();
  const shown = rules.filter(
    (rule) =>
      (layer === ALL || rule.layer === layer) &&
      (!only_changed || rule.override !== null) &&
      textOf(rule, words.ruleName(rule)).includes(wanted),
  );
  const edited = rules.find(({ id }) => id === edited_id);
  return (
    <Section title={t("rules.tabs.rules")}>
      <div className="flex flex-wrap items-end gap-4 px-6 py-4">
        <SearchField
          label={t("rules.search")}
          hint={t("rules.search_hint")}
          value={search}
          onChange={setSearch}
        />
        <div className="w-48">
          <Choice
            label={t("rules.layer")}
            value={layer}
            onChange={setLayer}
            options={[
              { value: ALL, label: t("common.all") },
              ...LAYERS.map((each) => ({ value: each, label: words.layer(each) })),
            ]}
          />
        </div>
        <SwitchField label={t("rules.only_changed")} checked={only_changed} onChange={setOnlyChanged} />
      </div>
      {shown.length === 0 ? (
        <Empty>{t("rules.no_match")}</Empty>
      ) : (
        <ul className="divide-y">
          {shown.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={() => setEditedId(rule.id)} />
          ))}
        </ul>
      )}
      {edited && (
        <RuleDrawer
          key={edited.id}
          rule={edited}
          risk_switch={risk_switch}
          onClose={() => setEditedId(undefined)}
        />
      )}
    </Section>
  );
}

function RuleRow({ rule, onEdit }: Readonly<{ rule: AdminRecoveryRule; onEdit: () => void }>): ReactElement {
  const { t } = useTexts();
  const { layer, ruleName } = useRuleWords();
  const name = ruleName(rule);
  return (
    <li
      data-rule={rule.id}
      className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 px-6 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]"
    >
      <div className="min-w-0">
        <Text size="small" weight="plus">
          {name}
        </Text>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <Badge size="2xsmall">{layer(rule.layer)}</Badge>
          {rule.override && (
            <Badge size="2xsmall" color={rule.override.problem ? "red" : "orange"}>
              {t(rule.override.problem ? "rules.without_effect" : "rules.changed")}
            </Badge>
          )}
          <Text size="xsmall" className="text-ui-fg-subtle" asChild>
            <bdi>{rule.id}</bdi>
          </Text>
        </div>
        <Matches rule={rule} />
        <Text size="xsmall" className="text-ui-fg-subtle mt-1">
          {t("rules.source")}: <bdi dir="ltr">{rule.source}</bdi>
        </Text>
      </div>
      <Verdict rule={rule} />
      <IconButton
        size="small"
        variant="transparent"
        aria-label={t("rules.edit", { rule: name })}
        className="col-start-2 row-start-1 self-start md:col-start-3"
        onClick={onEdit}
      >
        <PencilSquare />
      </IconButton>
    </li>
  );
}

function Matches({ rule: { matches, layer } }: Readonly<{ rule: AdminRecoveryRule }>): ReactElement {
  const { t } = useTexts();
  const lists = (["network_codes", "advice_codes", "codes", "categories"] as const).filter(
    (list) => matches[list] !== null && !(layer === "category" && list === "categories"),
  );
  return (
    <>
      {lists.map((list) => (
        <Text key={list} size="xsmall" className="text-ui-fg-subtle mt-1 break-words">
          {t(`rules.matches.${list}`)}: <bdi dir="ltr">{matches[list]?.join(", ")}</bdi>
        </Text>
      ))}
    </>
  );
}

function Verdict({ rule }: Readonly<{ rule: AdminRecoveryRule }>): ReactElement {
  const { t } = useTexts();
  const words = useRuleWords();
  const { override } = rule;
  const also = (Object.keys(override?.change ?? {}) as ChangeableField[]).filter(
    (field) => !TOLD.some((told) => told === field) && rule.verdict[field] != null,
  );
  return (
    <div className="max-md:col-span-2">
      <dl className="txt-compact-small flex flex-col gap-y-1">
        {[...TOLD, ...(override?.problem ? [] : also)].map((field) => (
          <div key={field}>
            <dt className="text-ui-fg-subtle inline">{words.field(field)}: </dt>
            <dd className={`inline ${isChanged(rule, field) ? "font-medium" : ""}`}>
              {words.value(field, rule.verdict[field] ?? "")}
            </dd>
          </div>
        ))}
      </dl>
      {override && (
        <Text size="xsmall" className="text-ui-fg-subtle mt-1">
          {override.problem
            ? t(`rules.problems.${override.problem}`)
            : t("rules.changed_by", { who: override.actor_email ?? override.actor_id })}
          {" · "}
          <Moment at={override.updated_at} />
        </Text>
      )}
    </div>
  );
}

function isChanged({ verdict, shipped }: AdminRecoveryRule, field: ChangeableField): boolean {
  return verdict[field] !== shipped[field];
}

function textOf({ id, source, matches }: AdminRecoveryRule, name: string): string {
  const { network_codes, advice_codes, codes, categories } = matches;
  return [id, source, name, network_codes, advice_codes, codes, categories].flat().join(" ").toLowerCase();
}
