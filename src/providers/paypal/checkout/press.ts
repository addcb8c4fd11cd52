import type { GatewayFieldsProps } from "../../../checkout/gateway-form";
import { orderIdOf } from "./client";

/** Of a session of PayPal's, what a press of its button needs. */
export type WindowSession = Readonly<{
  start(options: { presentationMode: "auto" }, order: Promise<{ orderId: string }>): Promise<unknown>;
}>;

/** What the button's page has to know, as it is when it is asked. */
export type PressedPage = () => Pick<GatewayFieldsProps, "begin" | "onApproved" | "disabled">;

/** Presses of PayPal's button, one after another. */
export interface Press {
  /** Opens PayPal's window at once, as browsers allow it to a press only; the order comes while it loads. */
  start(session: WindowSession): Promise<void>;
  approved(): void;
  /** PayPal may tell of one failure twice: by its callback, and by what it threw. */
  failed(): void;
}

export function createPress(page: PressedPage): Press {
  let isUnderWay = false;
  /** The page says already what became of this press. */
  let isSaid = false;

  async function order(): Promise<{ orderId: string }> {
    const attempt = await page().begin();
    // The payment led elsewhere.
    isSaid = attempt === null;
    const orderId = orderIdOf(attempt);
    // PayPal closes its window when there is no order for it.
    if (orderId === undefined) throw new Error("There is no PayPal order to approve.");
    return { orderId };
  }

  function failed(): void {
    if (isSaid) return;
    isSaid = true;
    page().onApproved(async () => ({ type: "failed" }));
  }

  return {
    start: async (session) => {
      if (isUnderWay || page().disabled) return;
      isUnderWay = true;
      isSaid = false;
      try {
        await session.start({ presentationMode: "auto" }, order());
      } catch {
        failed();
      } finally {
        isUnderWay = false;
      }
    },
    approved: () => {
      isSaid = true;
      page().onApproved(async () => ({ type: "data", data: {} }));
    },
    failed,
  };
}
