import { useEffect, useState, type ReactElement } from "react";
import type { PaymentAttemptView } from "../client";
import type { GatewayForm } from "../gateway-form";
import { DonePanel, type DoneOrder } from "./done-panel";
import { GatewayPanelSlot } from "./gateway-panel-slot";

type OrderedPanelProps = Readonly<{
  order: DoneOrder | null;
  paidWith: string | null;
  /** Where no form knows better. */
  isPaid: boolean;
  storeUrl: string | undefined;
  attempt: PaymentAttemptView | null;
  forms: readonly GatewayForm[];
  /** Reads the attempt from the store. */
  look: (attemptId: string) => Promise<PaymentAttemptView>;
}>;

/** The order, and what is left of its payment where a gateway's form has something to show of it. */
export function OrderedPanel(props: OrderedPanelProps): ReactElement {
  const { attempt, forms, look, isPaid, ...order } = props;
  const [seen, setSeen] = useState(attempt);
  useEffect(() => setSeen(attempt), [attempt]);
  const form = seen && forms.find(({ afterOrder }) => (afterOrder?.(seen) ?? null) !== null);
  const standing = (seen && form?.afterOrder?.(seen)) ?? null;
  if (!seen || !form || standing === null) return <DonePanel {...order} isPaid={isPaid} />;

  async function lookAt({ id }: PaymentAttemptView): Promise<PaymentAttemptView> {
    const found = await look(id);
    setSeen(found);
    return found;
  }

  return (
    <DonePanel {...order} isPaid={standing === "paid"} standing={standing}>
      <GatewayPanelSlot form={form} attempt={seen} look={() => lookAt(seen)} ways={null} />
    </DonePanel>
  );
}
