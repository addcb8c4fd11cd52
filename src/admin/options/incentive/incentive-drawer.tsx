import { Badge, Button, Drawer, Input, Label, Text, toast } from "@medusajs/ui";
import { useId, useState, type ReactElement } from "react";
import type { AdminPaymentProvider } from "../../../api/admin/tender/providers/contract";
import type {
  AdminOptionIncentiveResult,
  AdminPromotion,
  OptionIncentiveBody,
} from "../../../api/admin/tender/providers/[id]/incentive/contract";
import { DrawerHeader } from "../../components/drawer-header";
import { Loaded } from "../../components/states";
import { useApi, useChange } from "../../lib/api";
import { useTexts } from "../../lib/use-texts";
import { usePromotions } from "../choices";
import { Found } from "../picker";
import { useNames } from "../use-names";
import { pathOf } from "../use-providers";

/** Which promotion comes with a provider's options. */
export function IncentiveDrawer({
  provider,
  onClose,
}: Readonly<{ provider: AdminPaymentProvider; onClose: () => void }>): ReactElement {
  const { t } = useTexts();
  const { providerName, methodName } = useNames();
  const incentive = useApi<AdminOptionIncentiveResult>(pathOf(provider, "incentive"));
  const { mutate, isPending } = useChange<AdminOptionIncentiveResult, OptionIncentiveBody>({
    onDone: () => toast.success(t("option_preview.incentive_saved")),
  });
  const tie = (promotion_code: string | null, method?: string): void =>
    mutate({
      path: pathOf(provider, "incentive"),
      body: { promotion_code, ...(method !== undefined && { method }) },
    });
  const all_methods = t("option_preview.all_methods");
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <DrawerHeader
          title={t("option_preview.incentive_of", { name: providerName(provider) })}
          hint={t("option_preview.incentive_hint")}
        />
        <Drawer.Body className="flex-1 overflow-y-auto p-0">
          <Loaded of={incentive} label={t("option_preview.incentive")} rows={6}>
            {({ incentive: { all, methods } }) => (
              <ul className="divide-y">
                <TiedRow
                  name={all_methods}
                  hint={t("option_preview.all_methods_hint")}
                  tied={all}
                  isBusy={isPending}
                  onTie={(code) => tie(code)}
                />
                {provider.kind === "gateway" &&
                  provider.methods.map((method) => (
                    <TiedRow
                      key={method.id}
                      name={methodName(method.id, method)}
                      tied={methods[method.id] ?? null}
                      isBusy={isPending}
                      onTie={(code) => tie(code, method.id)}
                    />
                  ))}
              </ul>
            )}
          </Loaded>
        </Drawer.Body>
        <Drawer.Footer>
          <Drawer.Close asChild>
            <Button size="small" variant="secondary">
              {t("common.close")}
            </Button>
          </Drawer.Close>
        </Drawer.Footer>
      </Drawer.Content>
    </Drawer>
  );
}

/** What comes with one method, or with all that have none of their own. */
function TiedRow({
  name,
  hint,
  tied,
  isBusy,
  onTie,
}: Readonly<{
  name: string;
  hint?: string;
  tied: AdminPromotion | null;
  isBusy: boolean;
  onTie: (promotion_code: string | null) => void;
}>): ReactElement {
  const { t } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState<string>();
  return (
    <li className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <Text size="small" weight="plus">
            <bdi>{name}</bdi>
          </Text>
          {hint !== undefined && (
            <Text size="xsmall" className="text-ui-fg-subtle">
              {hint}
            </Text>
          )}
          <Tied promotion={tied} />
        </div>
        <div className="flex gap-x-2">
          {tied && (
            <Button
              size="small"
              variant="secondary"
              disabled={isBusy}
              aria-label={t("option_preview.untie_from", { name })}
              onClick={() => onTie(null)}
            >
              {t("option_preview.untie")}
            </Button>
          )}
          <Button
            size="small"
            variant="secondary"
            aria-expanded={typed !== undefined}
            aria-label={t("option_preview.choose_for", { name })}
            onClick={() => setTyped((before) => (before === undefined ? "" : undefined))}
          >
            {t("option_preview.choose")}
          </Button>
        </div>
      </div>
      {typed !== undefined && (
        <div className="flex flex-col gap-y-2">
          <Label size="xsmall" htmlFor={id}>
            {t("option_preview.choose_promotion", { name })}
          </Label>
          <Input
            id={id}
            size="small"
            {...(typed !== "" && { dir: "auto" })}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Found
            typed={typed}
            chosen={tied ? [{ id: tied.id, name: tied.code }] : []}
            useFound={usePromotions}
            nothing={t("option_preview.no_promotions")}
            onAdd={({ name: code }) => {
              setTyped(undefined);
              onTie(code);
            }}
          />
        </div>
      )}
    </li>
  );
}

function Tied({ promotion }: Readonly<{ promotion: AdminPromotion | null }>): ReactElement {
  const { t } = useTexts();
  if (!promotion) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        {t("option_preview.no_promotion")}
      </Text>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Text size="small">
        <bdi>{promotion.code ?? t("option_preview.deleted_promotion")}</bdi>
      </Text>
      {!promotion.active && (
        <Badge size="2xsmall" color="orange">
          {t("option_preview.inactive")}
        </Badge>
      )}
    </div>
  );
}
