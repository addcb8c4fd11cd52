import { Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import type { AdminPaymentChange, AdminPaymentChangesResult } from "../../api/admin/tender/changes/contract";
import { FilterText } from "../components/filter-text";
import { KeysetPager } from "../components/keyset-pager";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { LINK_CLASSES } from "../components/text-link";
import { useApi } from "../lib/api";
import { useFilters, useKeyset } from "../lib/use-filters";
import { useTexts } from "../lib/use-texts";
import { changedFields, type ChangedField } from "./changed-fields";

const NAMES = ["subject"] as const;

/** Who changed what about payments, newest first. */
export function ChangeList(): ReactElement {
  const { t } = useTexts();
  const { values, isFiltered, set } = useFilters(NAMES);
  const keyset = useKeyset(values);
  const changes = useApi<AdminPaymentChangesResult>("/admin/tender/changes", {
    ...values,
    cursor: keyset.cursor,
  });
  return (
    <Section level="h1" title={t("changes.title")} hint={t("changes.hint")}>
      <div className="flex px-6 py-4">
        <FilterText
          label={t("changes.subject")}
          hint={t("changes.subject_hint")}
          value={values.subject}
          onChange={(value) => set("subject", value)}
        />
      </div>
      <Loaded of={changes} label={t("changes.title")}>
        {({ changes: rows, next_cursor }) => (
          <>
            {rows.length === 0 ? (
              <Empty>{t(isFiltered ? "changes.empty_filtered" : "changes.empty")}</Empty>
            ) : (
              <ul aria-label={t("changes.title")} className="divide-y">
                {rows.map((change) => (
                  <ChangeRow
                    key={change.id}
                    change={change}
                    onSubject={() => set("subject", change.subject)}
                  />
                ))}
              </ul>
            )}
            <KeysetPager keyset={keyset} next_cursor={next_cursor} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function ChangeRow({
  change: { id, action, actor_email, actor_id, subject, before, after, created_at },
  onSubject,
}: Readonly<{ change: AdminPaymentChange; onSubject: () => void }>): ReactElement {
  const { t } = useTexts();
  const fields = changedFields(before, after);
  return (
    <li className="flex flex-col gap-y-2 px-6 py-4" data-change={id}>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <Text size="small" weight="plus">
          {t(`changes.actions.${action.replaceAll(".", "_")}`, { defaultValue: action })}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          <Moment at={created_at} />
        </Text>
      </div>
      <div className="txt-compact-small text-ui-fg-subtle flex flex-wrap gap-x-4 gap-y-1">
        <bdi>{actor_email ?? (actor_id || t("changes.by_unknown"))}</bdi>
        <button
          type="button"
          aria-label={t("changes.show_only", { subject })}
          className={`${LINK_CLASSES} break-all text-start`}
          onClick={onSubject}
        >
          <bdi>{subject}</bdi>
        </button>
      </div>
      {fields.length > 0 && <FieldTable fields={fields} />}
    </li>
  );
}

function FieldTable({ fields }: Readonly<{ fields: readonly ChangedField[] }>): ReactElement {
  const { t } = useTexts();
  return (
    <table className="txt-compact-small bg-ui-bg-subtle w-full table-fixed rounded-lg">
      <thead className="text-ui-fg-subtle">
        <tr>
          {["field", "before", "after"].map((name) => (
            <th key={name} scope="col" className="px-3 py-2 text-start font-normal">
              {t(`changes.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row" className="break-words px-3 pb-2 text-start align-top font-normal">
              <bdi>{name}</bdi>
            </th>
            <Value>{before}</Value>
            <Value>{after}</Value>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ children }: Readonly<{ children: ReactNode }>): ReactElement {
  const { t } = useTexts();
  return (
    <td className="break-words px-3 pb-2 text-start align-top">
      {children === undefined ? (
        <span className="text-ui-fg-subtle">{t("changes.nothing")}</span>
      ) : (
        <bdi>{children}</bdi>
      )}
    </td>
  );
}
