import { useCallback, useEffect, useState, type ReactElement } from "react";
import type { HostedBoot } from "../../api/checkout/schemas";
import { createTenderClient, TenderConnectionError, type PaymentAttemptView } from "../client";
import { OrderedPanel } from "../components";
import { pollUntil } from "../flow";
import type { GatewayForm } from "../gateway-form";
import type { Locale } from "../locales";

type PlacedOrderProps = Readonly<{
  boot: HostedBoot;
  order: NonNullable<HostedBoot["order"]>;
  forms: readonly GatewayForm[];
  locale: Locale;
}>;

/** The page of a cart that is an order already, with what is left of its payment. */
export function PlacedOrder({ boot, order, forms, locale }: PlacedOrderProps): ReactElement {
  const { cart_id, publishable_key } = boot;
  const { open_attempt_id } = order;
  const [client] = useState(() =>
    createTenderClient({ baseUrl: "", publishableKey: publishable_key, locale }),
  );
  const [attempt, setAttempt] = useState<PaymentAttemptView | null>(null);
  const look = useCallback((attemptId: string) => client.getAttempt(cart_id, attemptId), [client, cart_id]);

  useEffect(() => {
    if (open_attempt_id === null) return undefined;
    let isWanted = true;
    const read = async (): Promise<"again" | "enough"> => {
      try {
        const found = await look(open_attempt_id);
        if (isWanted) setAttempt(found);
        return "enough";
      } catch (error) {
        // A store that answers and does not tell will not do so later.
        return error instanceof TenderConnectionError ? "again" : "enough";
      }
    };
    let stop = (): void => undefined;
    void read().then((verdict) => {
      if (verdict === "again" && isWanted) stop = pollUntil(read);
    });
    return () => {
      isWanted = false;
      stop();
    };
  }, [look, open_attempt_id]);

  return (
    <OrderedPanel
      order={order}
      paidWith={order.paid_with?.[locale] ?? null}
      isPaid={order.is_paid}
      storeUrl={boot.store_url ?? undefined}
      attempt={attempt}
      forms={forms}
      look={look}
    />
  );
}
