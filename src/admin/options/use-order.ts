import { toast } from "@medusajs/ui";
import { useRef, useState } from "react";
import type {
  AdminOptionPlace,
  AdminPaymentProvidersResult,
  OptionOrderBody,
} from "../../api/admin/tender/providers/contract";
import { useChange } from "../lib/api";
import { useTexts } from "../lib/use-texts";

type Order = readonly AdminOptionPlace[];

/**
 * The order of options as the operator sees it while it is being saved. What is moved meanwhile is saved after that, so
 * that nobody has to wait between two moves.
 * @param onRefused reads the order anew, when somebody else changed it
 */
export function useOrder(
  { order, order_revision }: Pick<AdminPaymentProvidersResult, "order" | "order_revision">,
  onRefused: () => unknown,
) {
  const { t } = useTexts();
  const { mutateAsync } = useChange<AdminPaymentProvidersResult, OptionOrderBody>();
  const [wished, setWished] = useState<Order>();
  const latest = useRef<Order | undefined>(undefined);

  async function save(): Promise<void> {
    let revision = order_revision;
    let saved: Order | undefined;
    try {
      while (latest.current !== undefined && latest.current !== saved) {
        const saving = latest.current;
        ({ order_revision: revision } = await mutateAsync({
          path: "/admin/tender/option-order",
          body: {
            order: saving.map(({ method, provider_ids }) => ({ method, provider_ids: [...provider_ids] })),
            revision,
          },
        }));
        saved = saving;
      }
      toast.success(t("options.order_saved"));
    } catch {
      // What was wrong is told already.
      await onRefused();
    } finally {
      latest.current = undefined;
      setWished(undefined);
    }
  }

  function setOrder(next: Order): void {
    const isSaving = latest.current !== undefined;
    latest.current = next;
    setWished(next);
    if (!isSaving) void save();
  }

  return { order: wished ?? order, setOrder };
}
