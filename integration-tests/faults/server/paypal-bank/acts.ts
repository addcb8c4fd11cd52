import type { TestHand } from "../../../simulators/paypal";
import type { BankAccount } from "../simulator-bank/service";

/** What operators do to an order in PayPal's dashboard, and its payer at PayPal or at their bank. */
export function actsOf(api: TestHand): BankAccount["acts"] {
  return {
    capture: (order_id, amount) =>
      void api.dashboard.capture(lastOf(api.open(order_id).authorizations, "to capture"), minor(amount)),
    refund: (order_id, amount) => refund(api, order_id, minor(amount)),
    cancel: (order_id) => api.dashboard.void(firstOf(api.open(order_id).authorizations, "to void")),
    dispute: (order_id, amount) => {
      const { id } = lastOf(api.open(order_id).captures, "to dispute");
      api.openDispute(id, amount === undefined ? {} : { amount: BigInt(amount) });
    },
    approve: (order_id) => {
      const [pending] = api.open(order_id).pending;
      return pending === undefined ? api.approve(order_id) : api.completePending(pending);
    },
    decline: (order_id) => {
      const [pending] = api.open(order_id).pending;
      return pending === undefined ? leave(api, order_id) : api.denyPending(pending);
    },
  };
}

/** In the dashboard each capture is refunded by itself. @param amount all when left out */
function refund(api: TestHand, order_id: string, amount: bigint | undefined): void {
  const { captures } = api.open(order_id);
  let open = amount ?? captures.reduce((sum, { left }) => sum + left, 0n);
  if (open === 0n) {
    throw new Error(`There is nothing of ${order_id} to refund.`);
  }
  for (const { id, left } of captures) {
    const part = left < open ? left : open;
    if (part > 0n) {
      api.dashboard.refund(id, part);
      open -= part;
    }
  }
}

/** The holder of a card does not pass; a wallet's payer goes away. */
function leave(api: TestHand, order_id: string): void {
  if (api.order(order_id).payment_source?.card) {
    api.failAuthentication(order_id);
  } else {
    api.cancel(order_id);
  }
}

const minor = (amount: number | undefined): bigint | undefined =>
  amount === undefined ? undefined : BigInt(amount);

function firstOf<T>(of: readonly T[], what: string): T {
  return found(of[0], what);
}

function lastOf<T>(of: readonly T[], what: string): T {
  return found(of.at(-1), what);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`There is nothing ${what}.`);
  }
  return value;
}
