import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  GatewayMisconfigured,
  GatewayUnavailable,
  InvalidPaymentData,
  OutcomeUnknown,
} from "../../../gateway";
import type { ControllableService, FaultRequest, ServiceOperation, WebhookDraft } from "../..";

export type MemoryPayment = Readonly<{
  reference: string;
  currency: string;
  status: "unpaid" | "challenged" | "authorized" | "captured" | "canceled";
  amount_minor: bigint;
  authorized_minor: bigint;
  captured_minor: bigint;
  refunded_minor: bigint;
  refused_with?: string;
  attempt_id: string;
}>;

export const MEMORY_SECRET = "memory_webhook_secret";

type Exchange = Readonly<{ operation: ServiceOperation; key: string; signal: AbortSignal }>;

/** A payment service in memory, with faults, a dashboard and signed webhooks: just enough to run the suite. */
export class MemoryService {
  readonly payments = new Map<string, MemoryPayment>();
  private readonly answers = new Map<string, MemoryPayment>();
  private faults: FaultRequest[] = [];

  /** One request: the faults in force strike it as they would strike one over the wire. */
  async exchange({ operation, key, signal }: Exchange, work: () => MemoryPayment): Promise<MemoryPayment> {
    const fault = this.takeFault(operation);
    switch (fault?.fault) {
      case "refuse":
      case "http_429":
        throw new GatewayUnavailable(`The service is not there (${fault.fault}).`);
      case "http_500":
      case "reset_before":
        throw new OutcomeUnknown(`The answer was lost (${fault.fault}).`);
      case "black_hole":
        await sleep(60_000, undefined, { signal, ref: false }).catch(() => undefined);
        throw new OutcomeUnknown("No answer came.");
      case "latency":
        await sleep(fault.value_ms ?? 100);
        break;
      default:
        await sleep(0);
    }
    const payment = this.answers.get(key) ?? work();
    this.payments.set(payment.reference, this.answers.has(key) ? this.find(payment.reference) : payment);
    this.answers.set(key, payment);
    if (fault && fault.fault !== "latency") {
      throw new OutcomeUnknown(`The answer was lost (${fault.fault}).`);
    }
    return payment;
  }

  create(given: Pick<MemoryPayment, "amount_minor" | "currency" | "attempt_id">): MemoryPayment {
    const nothing = { authorized_minor: 0n, captured_minor: 0n, refunded_minor: 0n };
    return { ...given, ...nothing, reference: `mem_${randomUUID()}`, status: "unpaid" };
  }

  find(reference: string): MemoryPayment {
    const payment = this.payments.get(reference);
    if (!payment) {
      throw new GatewayMisconfigured("There is no such payment.");
    }
    return payment;
  }

  reprice(reference: string, amount_minor: bigint): MemoryPayment {
    const payment = this.find(reference);
    if (payment.status !== "unpaid" && payment.status !== "challenged") {
      throw new InvalidPaymentData("It is paid or canceled already.");
    }
    return { ...payment, amount_minor, status: "unpaid" };
  }

  charge(reference: string, token: string | undefined, automatic: boolean): MemoryPayment {
    const payment = this.find(reference);
    if (payment.status !== "unpaid" && !(payment.status === "challenged" && token)) {
      return payment;
    }
    if (token === undefined) {
      throw new InvalidPaymentData('"token" is missing.');
    }
    if (token === "tok_challenge") {
      return { ...payment, status: "challenged", refused_with: undefined };
    }
    if (token !== "tok_approve") {
      return { ...payment, status: "unpaid", refused_with: token.replace("tok_", "") };
    }
    return authorized(payment, automatic);
  }

  capture(reference: string, amount_minor: bigint): MemoryPayment {
    const payment = this.find(reference);
    const captured_minor = payment.captured_minor + amount_minor;
    if (payment.status !== "authorized" || captured_minor > payment.authorized_minor) {
      throw new InvalidPaymentData("That much is not reserved.");
    }
    return {
      ...payment,
      captured_minor,
      status: captured_minor === payment.authorized_minor ? "captured" : "authorized",
    };
  }

  refund(reference: string, amount_minor: bigint): MemoryPayment {
    const payment = this.find(reference);
    const refunded_minor = payment.refunded_minor + amount_minor;
    if (refunded_minor > payment.captured_minor) {
      throw new InvalidPaymentData("That much was not taken.");
    }
    return { ...payment, refunded_minor };
  }

  cancel(reference: string): MemoryPayment {
    const payment = this.find(reference);
    if (payment.status === "captured" && payment.captured_minor === payment.authorized_minor) {
      throw new InvalidPaymentData("All of it is taken.");
    }
    return { ...payment, status: payment.captured_minor > 0n ? "captured" : "canceled" };
  }

  /** The suite's hand inside. */
  controls(): ControllableService {
    return {
      ledger: async () =>
        [...this.payments.values()].map(({ attempt_id, ...row }) => ({
          ...row,
          provider: "pp_memory_test",
          metadata: { attempt_id },
        })),
      fault: async (request) => void this.faults.push(request),
      clearFaults: async () => void (this.faults = []),
      signedWebhook,
      completeChallenge: async (url, decision) => {
        const payment = this.find(url.split("/").at(-1) ?? "");
        const failed = { ...payment, status: "unpaid", refused_with: "authentication_failed" } as const;
        const next = { approve: authorized(payment, false), fail: failed, close: payment, later: payment }[
          decision
        ];
        this.payments.set(payment.reference, next);
      },
      actInDashboard: async (reference, action, amount_minor) => {
        const { amount_minor: whole } = this.find(reference);
        const next = {
          capture: () => this.capture(reference, amount_minor ?? whole),
          refund: () => this.refund(reference, amount_minor ?? whole),
          cancel: () => this.cancel(reference),
        }[action]();
        this.payments.set(reference, next);
      },
    };
  }

  private takeFault(operation: ServiceOperation): FaultRequest | undefined {
    const found = this.faults.find((fault) => fault.operation === operation || fault.operation === "*");
    this.faults = this.faults.flatMap((fault) =>
      fault !== found || fault.times === undefined
        ? [fault]
        : fault.times > 1
          ? [{ ...fault, times: fault.times - 1 }]
          : [],
    );
    return found;
  }
}

function authorized(payment: MemoryPayment, automatic: boolean): MemoryPayment {
  const { amount_minor } = payment;
  return {
    ...payment,
    status: automatic ? "captured" : "authorized",
    authorized_minor: amount_minor,
    captured_minor: automatic ? amount_minor : 0n,
    refused_with: undefined,
  };
}

function signedWebhook({
  event_id,
  reference,
  about,
  raw_body,
  signed_at = new Date(),
  wrong_secret,
}: WebhookDraft) {
  const body = raw_body ?? Buffer.from(JSON.stringify({ id: event_id, type: about, reference }));
  const time = String(signed_at.getTime());
  const signature = signatureOf(wrong_secret ? "another_secret" : MEMORY_SECRET, time, body);
  return { raw_body: body, headers: { "x-memory-time": time, "x-memory-signature": signature } };
}

export function signatureOf(secret: string, time: string, body: Buffer): string {
  return createHmac("sha256", secret).update(time).update(body).digest("hex");
}
