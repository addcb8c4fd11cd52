import {
  GatewayUnavailable,
  InvalidPaymentData,
  OutcomeUnknown,
  attemptIdIn,
  isGatewayError,
  outcomeOf,
  type Outcome,
} from "../../../gateway";
import { snapshotOf } from "./memory-gateway";
import { MEMORY_SECRET } from "./memory-service";

import { asIfPaid, type Mutant } from "./mutant";

/** Defects beyond the published ones, one for each kind of promise. */
export const FURTHER_MUTANTS: readonly Mutant[] = [
  {
    defect: "takes its key over plain http to any address",
    caught_by: [
      "no key travels over plain http: such an address of the service is refused, unless it is this machine",
    ],
    validateOptions: () => undefined,
  },
  {
    defect: "throws a refusal instead of answering it",
    caught_by: ["the gateway answers a refusal as a value, not as an exception"],
    gateway: (good) => ({
      confirmPayment: async (reference, input, call) => {
        const outcome = await good.confirmPayment(reference, input, call);
        if (outcome.type === "declined") {
          throw new InvalidPaymentData("Declined.");
        }
        return outcome;
      },
    }),
  },
  {
    defect: "takes a lost answer for a call that never happened",
    caught_by: [
      'a connection cut after the work on capture is "unknown", and a repeat under the same key moves the money once',
    ],
    gateway: (good) => ({
      capturePayment: (reference, amount, call) =>
        good.capturePayment(reference, amount, call).catch(asUnavailable),
    }),
  },
  {
    defect: "takes a server error for a refusal",
    caught_by: [
      "a server error (500) on a shopper's confirm leaves the attempt unknown, and is never a success",
    ],
    gateway: (good) => ({
      confirmPayment: (reference, input, call) =>
        good.confirmPayment(reference, input, call).catch((): Outcome => ({
          type: "declined",
          decline: { category: "unclassified", code: "error" },
          snapshot: { ...snapshotOf(good.service.find(reference)) },
        })),
    }),
  },
  {
    defect: "takes a server error for a success",
    caught_by: [
      "a server error (500) on a shopper's confirm leaves the attempt unknown, and is never a success",
    ],
    gateway: (good, service) => ({
      confirmPayment: (reference, input, call) =>
        good
          .confirmPayment(reference, input, call)
          .catch(() => outcomeOf(asIfPaid(snapshotOf(service.find(reference)), "authorized"))),
    }),
  },
  {
    defect: "makes up a new idempotency key for every call",
    caught_by: [
      "making a payment twice under one key makes one payment",
      "capturing twice under one key takes once",
      "refunding twice under one key gives back once",
    ],
    gateway: (good) => {
      const fresh = <T extends { idempotency_key: string }>(call: T): T => ({
        ...call,
        idempotency_key: `${Math.random()}`,
      });
      return {
        createPayment: (input, call) => good.createPayment(input, fresh(call)),
        capturePayment: (reference, amount, call) => good.capturePayment(reference, amount, fresh(call)),
        refundPayment: (reference, amount, call) => good.refundPayment(reference, amount, fresh(call)),
      };
    },
  },
  {
    defect: "quietly captures what is left when asked for more",
    caught_by: ["refuses to capture more than is reserved, and takes nothing"],
    gateway: (good, service) => ({
      capturePayment: (reference, amount, call) => {
        const { authorized_minor, captured_minor } = service.find(reference);
        const left = authorized_minor - captured_minor;
        return good.capturePayment(
          reference,
          amount.amount_minor > left ? { ...amount, amount_minor: left } : amount,
          call,
        );
      },
    }),
  },
  {
    defect: "quietly refunds what is left when asked for more",
    caught_by: ["refuses to refund more than was taken, and gives nothing back"],
    gateway: (good, service) => ({
      refundPayment: (reference, amount, call) => {
        const { captured_minor, refunded_minor } = service.find(reference);
        const left = captured_minor - refunded_minor;
        return good.refundPayment(
          reference,
          amount.amount_minor > left ? { ...amount, amount_minor: left } : amount,
          call,
        );
      },
    }),
  },
  {
    defect: "leaves no trace of the attempt at the service",
    caught_by: ["leaves its attempt's id at the service, so that money can be traced back"],
    gateway: (good) => ({
      createPayment: (input, call) => good.createPayment({ ...input, attempt_id: "" }, call),
    }),
  },
  {
    defect: "claims what it cannot do",
    caught_by: ["declares exactly what it is meant to be able to do"],
    gateway: (good) => ({ capabilities: { ...good.capabilities, saved_methods: true } }),
  },
  {
    defect: "accepts webhooks of any age",
    caught_by: ["a webhook signed an hour ago is refused as invalid, never taken for a failed payment"],
    gateway: () => ({
      verifyWebhook: async ({ raw_body }) => {
        const { id, type, reference } = JSON.parse(raw_body.toString("utf8")) as Record<
          "id" | "type" | "reference",
          string
        >;
        return [{ event_id: id, type, reference }];
      },
    }),
  },
  {
    defect: "believes what a webhook's body says",
    caught_by: ["a webhook that claims money which never moved changes nothing"],
    provider: () => ({
      getWebhookActionAndData: async ({ data }) => ({
        action: "captured",
        data: { session_id: "payses", amount: Number(data.amount ?? 100) },
      }),
    }),
  },
  {
    defect: "puts its secret into an error",
    caught_by: ["no secret or card number in the errors of a service that fails"],
    gateway: (good) => ({
      confirmPayment: (reference, input, call) =>
        good.confirmPayment(reference, input, call).catch((error: unknown) => {
          throw new OutcomeUnknown("The request failed.", {
            cause: new Error(`signed with ${MEMORY_SECRET}`, { cause: error }),
          });
        }),
    }),
  },
  {
    defect: "repeats what the shopper typed in an error",
    caught_by: ["a wrongly filled form is told by field, not by value"],
    gateway: (good) => ({
      confirmPayment: async (reference, input, call) => {
        if (typeof input.data !== "object") {
          return good.confirmPayment(reference, input, call);
        }
        throw new InvalidPaymentData(`Cannot use ${JSON.stringify(input.data)}.`);
      },
    }),
  },
  {
    defect: "keeps whatever the shopper sent in the session",
    caught_by: ["extra fields of a new session are ignored and not kept"],
    provider: (good) => ({
      initiatePayment: async (input) => {
        const made = await good.initiatePayment(input);
        return { ...made, data: { ...made.data, ...input.data } };
      },
    }),
  },
  {
    defect: "pays whatever attempt the session's data names",
    caught_by: ["session data changed by hand does not turn an unpaid session into a paid one"],
    provider: (good) => ({
      authorizePayment: async ({ data }) => {
        const attempt = await good.attempts.confirm(String(attemptIdIn(data)), { data: undefined });
        return { status: attempt.status === "authorized" ? "authorized" : "error", data };
      },
    }),
  },
  {
    defect: "tells what an option is set to beside its name",
    caught_by: ["says what its set-up lacks by the names of options alone"],
    gateway: ({ set_up }) => ({
      set_up: { ...set_up, missing: [`webhook_secret: ${MEMORY_SECRET} is too short`] },
    }),
  },
  {
    defect: "fails when a canceled payment is canceled again",
    caught_by: ["voiding twice, under one key and under another, is a success each time"],
    gateway: (good, service) => ({
      cancelPayment: async (reference, call) => {
        if (service.find(reference).status === "canceled") {
          throw new InvalidPaymentData("It is canceled already.");
        }
        return good.cancelPayment(reference, call);
      },
    }),
  },
  {
    defect: "captures again after a lost answer since Medusa's key is new",
    caught_by: ["a partial capture whose answer is lost is taken once, and the next part after it"],
    provider: (good) => ({
      capturePayment: async ({ data, context }) => {
        const row = good.provider_id && attemptIdIn(data);
        const container = (good as unknown as { container: Journaled }).container;
        const attempt = await container.tender.findAttempt({ id: String(row) });
        const { raw_amount } = await container.captureService.retrieve(String(context?.idempotency_key));
        const amount = { amount_minor: BigInt(Math.round(Number(raw_amount.value) * 100)), currency: "EUR" };
        const call = {
          idempotency_key: String(context?.idempotency_key),
          signal: AbortSignal.timeout(5_000),
        };
        await good.gateway.capturePayment(String(attempt?.gateway_reference), amount, call);
        return { data };
      },
    }),
  },
];

type Journaled = Readonly<{
  tender: { findAttempt(query: { id: string }): Promise<{ gateway_reference: string } | null> };
  captureService: { retrieve(id: string): Promise<{ raw_amount: { value: string } }> };
}>;

function asUnavailable(error: unknown): never {
  throw isGatewayError(error) ? new GatewayUnavailable(error.message) : error;
}
