import { Badge, Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import type {
  AdminOptionPlace,
  AdminPaymentProvider,
  AdminPaymentProvidersResult,
} from "../../api/admin/tender/providers/contract";
import { Section } from "../components/section";
import { Empty } from "../components/states";
import { useTexts } from "../lib/use-texts";
import { MethodMark } from "./marks";
import { isOffered } from "./offered";
import { SortableList } from "./sortable-list";
import { useNames } from "./use-names";
import { useOrder } from "./use-order";

/** The options as shoppers see them, and within each the providers in the order they are asked. */
export function OrderSection({
  state,
  onRefused,
}: Readonly<{ state: AdminPaymentProvidersResult; onRefused: () => unknown }>): ReactElement {
  const { t } = useTexts();
  const { methodName, providerName } = useNames();
  const { order, setOrder } = useOrder(state, onRefused);
  const providerOf = new Map(state.providers.map((provider) => [provider.id, provider]));

  const nameOf = ({ method, provider_ids }: AdminOptionPlace): string => {
    const known = methodOf(provider_ids[0], method);
    return known ? methodName(method, known) : method;
  };
  const nameOfProvider = (id: string): string => {
    const provider = providerOf.get(id);
    return provider ? providerName(provider) : id;
  };
  const methodOf = (provider_id: string | undefined, method: string) =>
    providerOf.get(provider_id ?? "")?.methods.find(({ id }) => id === method);

  return (
    <Section title={t("options.order_title")} hint={t("options.order_hint")}>
      {order.length === 0 ? (
        <Empty>{t("options.no_providers")}</Empty>
      ) : (
        <SortableList
          label={t("options.order_title")}
          items={order}
          idOf={keyOf}
          nameOf={nameOf}
          onOrder={setOrder}
          className="divide-y"
        >
          {(place) => {
            const [first = ""] = place.provider_ids;
            const method = methodOf(first, place.method);
            // Another plugin's provider is its own method: its name would only be repeated.
            const isItsOwn = first === place.method;
            return (
              <div className="flex items-start gap-x-3" data-option={place.method}>
                <MethodMark icon={method?.icon ?? "generic"} />
                <div className="min-w-0 flex-1">
                  <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
                    <Text size="small" weight="plus">
                      <bdi>{nameOf(place)}</bdi>
                    </Text>
                    {place.apart && <Badge size="2xsmall">{t("options.apart_badge")}</Badge>}
                    {method?.express === true && <Badge size="2xsmall">{t("options.express_badge")}</Badge>}
                    {isItsOwn && isOff(providerOf.get(first), first) && (
                      <Badge size="2xsmall">{t("options.off_badge")}</Badge>
                    )}
                  </div>
                  {!isItsOwn && (
                    <ProviderOrder
                      label={t("options.asked_in_order", { name: nameOf(place) })}
                      provider_ids={place.provider_ids}
                      nameOf={nameOfProvider}
                      isOff={(id) => isOff(providerOf.get(id), place.method)}
                      onOrder={(provider_ids) =>
                        setOrder(order.map((other) => (other === place ? { ...place, provider_ids } : other)))
                      }
                    />
                  )}
                </div>
              </div>
            );
          }}
        </SortableList>
      )}
    </Section>
  );
}

function ProviderOrder({
  label,
  provider_ids,
  nameOf,
  isOff,
  onOrder,
}: Readonly<{
  label: string;
  provider_ids: readonly string[];
  nameOf: (id: string) => string;
  isOff: (id: string) => boolean;
  onOrder: (provider_ids: string[]) => void;
}>): ReactElement {
  const { t } = useTexts();
  return (
    <SortableList
      label={label}
      items={provider_ids}
      idOf={(id) => id}
      nameOf={nameOf}
      onOrder={onOrder}
      className="[&>li]:px-0 [&>li]:py-0.5"
    >
      {(id) => (
        <div className="flex min-h-7 flex-wrap items-center gap-x-2" data-provider={id}>
          <Text size="small" className="text-ui-fg-subtle">
            <bdi>{nameOf(id)}</bdi>
          </Text>
          {isOff(id) && <Badge size="2xsmall">{t("options.off_badge")}</Badge>}
        </div>
      )}
    </SortableList>
  );
}

function isOff(provider: AdminPaymentProvider | undefined, method: string): boolean {
  return (
    provider === undefined ||
    !isOffered(provider) ||
    provider.region_ids.length === 0 ||
    !provider.methods.some(({ id, enabled }) => id === method && enabled)
  );
}

function keyOf({ method, apart, provider_ids }: AdminOptionPlace): string {
  return apart ? `${method} ${provider_ids[0]}` : method;
}
