import { toMinor } from "../schedule/money";
import { pause, type Ask, type Lane } from "../schedule/lane";
import type { Answer } from "../system/http";

/** A payment as the operator sees it in the dashboard. Minor units. */
export type SeenPayment = Readonly<{
  id: string;
  amount_minor: number;
  captured_minor: number;
  refunded_minor: number;
}>;

/**
 * What the dashboard's page shows, read at its source: the page itself is Medusa's and costs a lot. Nobody touches
 * the payment of an order that is canceled.
 */
const SHOWN = `
  select payment.id, payment.amount,
         coalesce((select sum(amount) from capture where payment_id = payment.id and deleted_at is null), 0) as captured,
         coalesce((select sum(amount) from refund where payment_id = payment.id and deleted_at is null), 0) as refunded
    from order_payment_collection link
    join "order" on "order".id = link.order_id and "order".canceled_at is null
    join payment on payment.payment_collection_id = link.payment_collection_id
   where link.order_id = $1 and link.deleted_at is null and payment.deleted_at is null`;

/** The order of the lane's cart, also one that no answer told of. */
export async function findOrder(lane: Lane): Promise<string | undefined> {
  if (!lane.order_id) {
    const [row] = await lane.stage.database
      .rows<{ order_id: string }>(
        "select order_id from order_cart where cart_id = $1 and deleted_at is null",
        [lane.cart_id],
      )
      // Postgres may be down just now.
      .catch(() => []);
    lane.order_id = row?.order_id;
  }
  return lane.order_id;
}

/** The order's payment as the dashboard shows it. */
export async function look(lane: Lane): Promise<SeenPayment | undefined> {
  const order_id = await findOrder(lane);
  if (!order_id) {
    return undefined;
  }
  const [shown] = await lane.stage.database
    .rows<Record<"id" | "amount" | "captured" | "refunded", string>>(SHOWN, [order_id])
    // Postgres may be down just now.
    .catch(() => []);
  const minor = (amount: string) => toMinor(amount, lane.spec.currency);
  return (
    shown && {
      id: shown.id,
      amount_minor: minor(shown.amount),
      captured_minor: minor(shown.captured),
      refunded_minor: minor(shown.refunded),
    }
  );
}

/**
 * Asks for a capture or a refund. What is not answered well is asked again up to `repeats` times, unless the
 * dashboard shows by then that it happened.
 */
export async function askFor(
  lane: Lane,
  kind: "capture" | "refund",
  payment: SeenPayment,
  amount_minor: number,
  repeats: number,
): Promise<void> {
  const ask: Ask = { kind, payment_id: payment.id, amount_minor, seen: payment, statuses: [] };
  lane.asks.push(ask);
  for (let turn = 0; turn <= repeats; turn += 1) {
    if (turn > 0) {
      await pause(150);
      if (await showsAlready(lane, kind, payment, amount_minor)) {
        return lane.timeline.note(`the dashboard shows the ${kind} of ${amount_minor} already`);
      }
    }
    if (succeeded(await moveOnce(lane, ask))) {
      return;
    }
  }
}

/** One request of an ask. */
export async function moveOnce(lane: Lane, ask: Ask): Promise<Answer> {
  const { kind, payment_id, amount_minor } = ask;
  const answer = await lane.operate("POST", `/admin/payments/${payment_id}/${kind}`, {
    amount: lane.decimal(amount_minor),
  });
  ask.statuses.push(answer.status);
  return lane.note(`${kind} ${amount_minor} of ${payment_id}`, answer);
}

/** Cancels the order: what is captured is refunded, the rest voided. */
export async function cancelOrder(lane: Lane): Promise<void> {
  const order_id = await findOrder(lane);
  if (!order_id) {
    return;
  }
  const ask: Ask = { kind: "cancel_order", payment_id: "", amount_minor: 0, statuses: [] };
  lane.asks.push(ask);
  const answer = await lane.operate("POST", `/admin/orders/${order_id}/cancel`, {});
  ask.statuses.push(answer.status);
  lane.note("cancel_order", answer);
}

export const succeeded = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Whether the dashboard shows more of it than when the operator first looked. */
export async function showsAlready(
  lane: Lane,
  kind: "capture" | "refund",
  before: SeenPayment,
  amount_minor: number,
): Promise<boolean> {
  const now = await look(lane);
  const sum = kind === "capture" ? "captured_minor" : "refunded_minor";
  return now !== undefined && now[sum] >= before[sum] + amount_minor;
}
