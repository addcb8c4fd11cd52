import { outcomeOf } from "../../../gateway";
import { asIfPaid, type Mutant } from "./mutant";

/** Defects seen in payment plugins that were published for Medusa. */
export const PUBLISHED_MUTANTS: readonly Mutant[] = [
  {
    defect: "reports captured when nothing was approved",
    caught_by: ["does not report captured when nothing was approved"],
    gateway: (good) => ({
      confirmPayment: async (reference, input, call) =>
        input.data === undefined
          ? outcomeOf(asIfPaid(await good.retrievePayment(reference, call.signal), "captured"))
          : good.confirmPayment(reference, input, call),
    }),
  },
  {
    defect: "refunds the original total whatever the amount",
    caught_by: [
      "a refund does not ignore its amount or give back the original total",
      "refunds in several parts, each exact, until all is given back",
    ],
    gateway: (good, service) => ({
      refundPayment: (reference, amount, call) =>
        good.refundPayment(
          reference,
          { ...amount, amount_minor: service.find(reference).captured_minor },
          call,
        ),
    }),
  },
  {
    defect: "writes two decimals into yen",
    caught_by: [
      "does not write two decimals into yen (toFixed(2))",
      "1000 JPY (no decimals) arrives as 1000",
    ],
    gateway: (good, service) => ({
      confirmPayment: async (reference, input, call) => {
        const outcome = await good.confirmPayment(reference, input, call);
        const payment = service.find(reference);
        if (payment.currency === "JPY") {
          service.payments.set(reference, { ...payment, authorized_minor: payment.authorized_minor * 100n });
        }
        return outcome;
      },
    }),
  },
  {
    defect: "divides by 100 twice when capturing",
    caught_by: ["does not divide by 100 twice", "captures the whole amount"],
    gateway: (good) => ({
      capturePayment: async (reference, amount, call) =>
        good.capturePayment(reference, { ...amount, amount_minor: amount.amount_minor / 100n }, call),
    }),
  },
  {
    defect: "treats an unpaid order as authorized",
    caught_by: [
      "does not treat an unpaid order as authorized",
      "a webhook that claims money which never moved changes nothing",
    ],
    gateway: (good) => ({
      retrievePayment: async (reference, signal) => {
        const snapshot = await good.retrievePayment(reference, signal);
        return snapshot.status === "requires_confirmation" ? asIfPaid(snapshot, "authorized") : snapshot;
      },
    }),
  },
  {
    defect: "answers a bad signature with the action `failed`",
    caught_by: [
      "does not take a bad signature for a failed payment",
      "a webhook signed with a wrong secret is refused as invalid, never taken for a failed payment",
    ],
    gateway: (good) => ({
      verifyWebhook: (request) => good.verifyWebhook(request).catch(() => []),
    }),
    provider: (good) => ({
      getWebhookActionAndData: (payload) =>
        good.getWebhookActionAndData(payload).catch(() => ({ action: "failed" })),
    }),
  },
  {
    defect: "reports the full amount for any partial settlement",
    caught_by: ["reserves exactly the amount and takes nothing before Medusa captures"],
    gateway: (good, service) => ({
      confirmPayment: async (reference, input, call) => {
        const outcome = await good.confirmPayment(reference, input, call);
        const payment = service.find(reference);
        if (payment.status === "authorized") {
          service.payments.set(reference, { ...payment, authorized_minor: 1n });
        }
        return outcome;
      },
    }),
  },
  {
    defect: "cancel never reaches the gateway",
    caught_by: ["cancel reaches the service", "takes nothing after a void"],
    gateway: (good) => ({
      cancelPayment: async (reference, call) => ({
        ...(await good.retrievePayment(reference, call.signal)),
        status: "canceled",
      }),
    }),
  },
  {
    defect: '"partial" capture takes everything',
    caught_by: [
      "a partial capture does not take everything",
      "captures in several parts, each exact, until all is taken",
    ],
    gateway: (good, service) => ({
      capturePayment: (reference, amount, call) =>
        good.capturePayment(
          reference,
          { ...amount, amount_minor: service.find(reference).authorized_minor },
          call,
        ),
    }),
  },
  {
    defect: "rounds currencies of three decimals up to ten",
    caught_by: ["does not round currencies of three decimals up to ten"],
    gateway: (good) => ({
      createPayment: (input, call) => {
        const { currency, amount_minor } = input.amount;
        const rounded = currency === "KWD" ? ((amount_minor + 9n) / 10n) * 10n : amount_minor;
        return good.createPayment({ ...input, amount: { currency, amount_minor: rounded } }, call);
      },
    }),
  },
  {
    defect: "passes a shopper's confirm through",
    caught_by: ["does not pass a shopper's capture_method or confirm through"],
    gateway: (good, service) => ({
      createPayment: async (input, call) => {
        const outcome = await good.createPayment(input, call);
        if (typeof input.data === "object" && input.data !== null && "confirm" in input.data) {
          service.payments.set(
            outcome.snapshot.reference,
            service.charge(outcome.snapshot.reference, "tok_approve", false),
          );
        }
        return outcome;
      },
    }),
  },
  {
    defect: "throws when a session is deleted",
    caught_by: [
      "does not throw when a session is deleted, so that the shopper can switch",
      "deleting a session never throws, whatever is in its data (medusajs/medusa#14027)",
    ],
    provider: () => ({
      deletePayment: () => Promise.reject(new Error("Not implemented.")),
    }),
  },
  {
    defect: "returns a refusal as the status `error`",
    caught_by: [
      "does not return a refusal as a status, which would block the session for good",
      'a refusal of the kind "funds_limit" is told with its code, thrown to Medusa and charges nothing',
    ],
    provider: (good) => ({
      authorizePayment: (input) =>
        good.authorizePayment(input).catch(() => ({ status: "error", data: input.data })),
    }),
  },
];
