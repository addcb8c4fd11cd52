import { defineWidgetConfig } from "@medusajs/admin-sdk";
import type { AdminCustomer, DetailWidgetProps } from "@medusajs/framework/types";
import { Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminSavedPaymentMethodsResult } from "../../api/admin/customers/[id]/payment-methods/contract";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { useApi } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { SavedMethodRow } from "../saved-methods/saved-method-row";

/** On a customer's page: what they have saved at each gateway. */
export default function CustomerPaymentMethods({
  data: customer,
}: DetailWidgetProps<AdminCustomer>): ReactElement {
  const { t } = useTexts();
  const path = `/admin/customers/${encodeURIComponent(customer.id)}/payment-methods`;
  const saved = useApi<AdminSavedPaymentMethodsResult>(path);
  return (
    <Section title={t("saved_methods.title")}>
      <Loaded of={saved} label={t("saved_methods.title")} rows={2}>
        {({ payment_methods, unreachable }) => (
          <>
            {unreachable.length > 0 && (
              <Text size="small" className="text-ui-fg-error px-6 py-4" role="status">
                {t("saved_methods.unreachable", { providers: unreachable.join(", ") })}
              </Text>
            )}
            {payment_methods.length === 0 && unreachable.length === 0 && (
              <Empty>{t("saved_methods.empty")}</Empty>
            )}
            {payment_methods.length > 0 && (
              <ul className="divide-y" aria-label={t("saved_methods.title")}>
                {payment_methods.map((method) => (
                  <SavedMethodRow key={`${method.provider_id}:${method.id}`} method={method} path={path} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

export const config = defineWidgetConfig({
  zone: "customer.details.after",
  id: "tender:customer-payment-methods",
});
