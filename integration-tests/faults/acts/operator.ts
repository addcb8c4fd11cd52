import type { Lane } from "../schedule/lane";
import type { Rng } from "../schedule/rng";
import type { Act } from "./act";
import { askFor, cancelOrder, look, type SeenPayment } from "./desk";
import { paymentsOf } from "./payments";

/** What operators do with an order, in Medusa's dashboard and in the bank's. */
export const OPERATOR_ACTS: readonly Act[] = [
  { weight: 5, plan: captureAll },
  { weight: 5, plan: capturePart },
  { weight: 2, plan: captureTwiceAtOnce },
  { weight: 5, plan: refundPart },
  { weight: 3, plan: refundAll },
  { weight: 3, plan: refundTwiceAtOnce },
  { weight: 2, plan: cancel },
  { weight: 2, plan: (rng) => atTheBank(rng, "capture") },
  { weight: 2, plan: (rng) => atTheBank(rng, "refund") },
  { weight: 1, plan: (rng) => atTheBank(rng, "cancel") },
  { weight: 1, plan: (rng) => atTheBank(rng, "dispute") },
];

function captureAll(rng: Rng) {
  const repeats = rng.between(0, 2);
  return withPayment("captures all", async (lane, payment) => {
    await askFor(lane, "capture", payment, capturable(payment), repeats);
  });
}

export function capturePart(rng: Rng) {
  const share = rng.between(1, 9) / 10;
  const repeats = rng.between(0, 2);
  return withPayment(`captures ${share} of what is left`, async (lane, payment) => {
    await askFor(lane, "capture", payment, part(capturable(payment), share), repeats);
  });
}

function captureTwiceAtOnce(rng: Rng) {
  const share = rng.between(2, 7) / 10;
  return withPayment(`captures ${share} twice at once`, async (lane, payment) => {
    const amount_minor = part(capturable(payment), share);
    await Promise.all([1, 2].map(() => askFor(lane, "capture", payment, amount_minor, 0)));
  });
}

export function refundPart(rng: Rng) {
  const share = rng.between(1, 9) / 10;
  const repeats = rng.between(0, 2);
  return withCaptured(`refunds ${share} of what is left`, async (lane, payment) => {
    await askFor(lane, "refund", payment, part(refundable(payment), share), repeats);
  });
}

function refundAll(rng: Rng) {
  const repeats = rng.between(0, 2);
  return withCaptured("refunds all", async (lane, payment) => {
    await askFor(lane, "refund", payment, refundable(payment), repeats);
  });
}

function refundTwiceAtOnce(rng: Rng) {
  const share = rng.between(2, 10) / 10;
  return withCaptured(`refunds ${share} twice at once`, async (lane, payment) => {
    const amount_minor = part(refundable(payment), share);
    await Promise.all([1, 2].map(() => askFor(lane, "refund", payment, amount_minor, 0)));
  });
}

function cancel() {
  return { text: "the operator cancels the order", play: cancelOrder };
}

function atTheBank(rng: Rng, action: "capture" | "refund" | "cancel" | "dispute") {
  const share = rng.chance(0.5) ? undefined : rng.between(1, 9) / 10;
  return {
    text: `the operator does a ${action} in the bank's dashboard`,
    play: async (lane: Lane) => {
      const payment = (await paymentsOf(lane)).find(
        ({ status }) => status === "authorized" || status === "captured",
      );
      if (!payment) {
        return;
      }
      const whole =
        action === "capture"
          ? payment.authorized_minor - payment.captured_minor - payment.voided_minor
          : payment.captured_minor - payment.refunded_minor;
      const amount_minor = share === undefined || action === "cancel" ? undefined : part(whole, share);
      const answer = await lane.stage.bank.act(payment.reference, action, amount_minor);
      lane.note(`bank_${action} ${amount_minor ?? "all"} of ${payment.reference}`, answer);
    },
  };
}

type WithPayment = (lane: Lane, payment: SeenPayment) => Promise<void>;

/** For an order with something left to capture; nothing is done when there is none. */
function withPayment(text: string, play: WithPayment) {
  return {
    text: `the operator ${text}`,
    play: async (lane: Lane) => {
      const payment = await look(lane);
      if (payment && capturable(payment) > 0) {
        await play(lane, payment);
      }
    },
  };
}

/** For an order of which something is captured: an operator who wants to refund captures first. */
function withCaptured(text: string, play: WithPayment) {
  return {
    text: `the operator ${text}`,
    play: async (lane: Lane) => {
      const payment = await look(lane);
      if (!payment) {
        return;
      }
      if (payment.captured_minor === 0) {
        await askFor(lane, "capture", payment, payment.amount_minor, 1);
      }
      const captured = (await look(lane)) ?? payment;
      if (refundable(captured) > 0) {
        await play(lane, captured);
      }
    },
  };
}

const capturable = ({ amount_minor, captured_minor }: SeenPayment): number => amount_minor - captured_minor;
const refundable = ({ captured_minor, refunded_minor }: SeenPayment): number =>
  captured_minor - refunded_minor;
const part = (whole: number, share: number): number => Math.max(1, Math.floor(whole * share));
