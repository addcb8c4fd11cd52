import {
  GatewayPaymentProvider,
  GatewayUnavailable,
  outcomeOf,
  OutcomeUnknown,
  PaymentGone,
  type AttemptRecord,
  type Outcome,
  type PaymentGateway,
  type PaymentSnapshot,
} from "../../gateway";
import { PROVIDER_OPTION } from "../../gateway/provider-option";
import { MedusaPayments, MemoryJournal } from "..";
import { AMOUNT, capabilitiesWith, onePayment } from "./one-payment";

/** What the service says of its only payment, and how often it was asked to take it. */
class Service {
  taken = 0;
  page = "https://pay.example/agree";
  state: Partial<PaymentSnapshot> | "gone" = {};
  trouble?: Error;

  read(): PaymentSnapshot {
    if (this.state === "gone") {
      throw new PaymentGone("The service has no such payment.");
    }
    return onePayment(this.state);
  }

  confirm(): Outcome {
    if (this.trouble) {
      throw this.trouble;
    }
    const snapshot = this.read();
    if (!snapshot.agreed) {
      const next_action = { type: "redirect", url: this.page, reason: "bank_page" } as const;
      return outcomeOf({ ...snapshot, status: "action_required", next_action });
    }
    this.taken += 1;
    this.state = { status: "authorized", authorized: AMOUNT };
    return outcomeOf(this.read());
  }
}

class TestProvider extends GatewayPaymentProvider {
  static override identifier = "agreeing";

  protected createGateway({ service }: { service?: Service }): PaymentGateway {
    const known = service ?? new Service();
    return {
      capabilities: capabilitiesWith("wallet"),
      clientConfig: () => ({ form: "redirect" }),
      createPayment: async () => outcomeOf(known.read()),
      updatePayment: async () => outcomeOf(known.read()),
      confirmPayment: async () => known.confirm(),
      capturePayment: async () => known.read(),
      refundPayment: async () => known.read(),
      cancelPayment: async () => known.read(),
      retrievePayment: async () => known.read(),
      verifyWebhook: async () => [],
      ping: async () => undefined,
    };
  }
}

async function sentToThePage() {
  const service = new Service();
  const journal = new MemoryJournal();
  const medusa = new MedusaPayments(journal);
  const provider = new TestProvider(medusa.cradle, { service, [PROVIDER_OPTION]: "main" });
  medusa.attach(provider);
  const session = await medusa.createPaymentSession({
    payment_collection_id: "pay_col_1",
    amount: AMOUNT,
    data: { method: "wallet" },
  });
  const { id } = await provider.attempts.confirm(String(session.data.attempt_id), { data: undefined });
  const attempt = async (): Promise<AttemptRecord> => (await journal.findAttempt({ id })) as AttemptRecord;
  expect(await attempt()).toMatchObject({ status: "action_required", next_action: { type: "redirect" } });
  return { service, journal, medusa, provider, session, id, attempt };
}

describe("a payer who agreed on the service's page", () => {
  it("is confirmed at once when they come back", async () => {
    const { service, provider, id } = await sentToThePage();
    service.state = { agreed: true };
    expect(await provider.attempts.confirm(id, { data: undefined })).toMatchObject({ status: "authorized" });
    expect(service.taken).toBe(1);
  });

  it("is confirmed by Medusa's own completion too", async () => {
    const { service, medusa, session, attempt } = await sentToThePage();
    service.state = { agreed: true };
    await medusa.authorizePaymentSession(session.id);
    expect((await attempt()).status).toBe("authorized");
    expect(service.taken).toBe(1);
  });

  it("is waited for while they are there, however often somebody looks", async () => {
    const { service, provider, attempt } = await sentToThePage();
    const waiting = await attempt();
    expect(await provider.attempts.refresh(waiting)).toEqual(waiting);
    service.state = { agreed: true };
    expect(await provider.attempts.refresh(waiting)).toMatchObject({ status: "ready" });
  });

  it("is not confirmed when they come back and something forbids it", async () => {
    const { service, provider, attempt } = await sentToThePage();
    service.state = { agreed: true };
    const sold_out = new Error("sold out");
    const confirming = provider.attempts.confirmClaimed(await attempt(), { data: undefined }, () =>
      Promise.reject(sold_out),
    );
    await expect(confirming).rejects.toBe(sold_out);
    expect(service.taken).toBe(0);
    expect((await attempt()).status).toBe("ready");
  });

  it.each([
    ["cannot be reached", new GatewayUnavailable("down"), "ready"],
    ["does not answer", new OutcomeUnknown("no answer"), "unknown"],
  ])("leaves the attempt to the next look where the service %s", async (_, trouble, status) => {
    const { service, provider, attempt } = await sentToThePage();
    service.state = { agreed: true };
    const agreed = await provider.attempts.refresh(await attempt());
    service.trouble = trouble;
    const confirming = provider.attempts.confirmAbsent(agreed).catch((error: unknown) => error);
    expect(await confirming).toEqual(status === "ready" ? trouble : expect.objectContaining({ status }));
    expect(await attempt()).toMatchObject({ status });
    expect(service.taken).toBe(0);
  });

  it("is asked once more, by nobody, when they come back without having agreed", async () => {
    const { service, provider, id } = await sentToThePage();
    expect(await provider.attempts.confirm(id, { data: undefined })).toMatchObject({
      status: "ready",
      next_action: { type: "confirm" },
    });
    expect(service.taken).toBe(0);
  });
});

describe("a refusal that the service tells the call only", () => {
  it("stays one until the service tells something else", async () => {
    const { service, journal, provider, id, attempt } = await sentToThePage();
    const decline = { category: "never", code: "PAYER_CANNOT_PAY" } as const;
    await journal.changeAttempt(id, "declined", { decline });
    service.state = { agreed: true };
    expect(await provider.attempts.refresh(await attempt())).toMatchObject({ status: "declined", decline });
    service.state = { status: "authorized", authorized: AMOUNT };
    expect(await provider.attempts.refresh(await attempt())).toMatchObject({ status: "authorized" });
  });
});

describe("a payment that the service has no more", () => {
  it("ends an attempt that waits for its payer, and is no reason to complain", async () => {
    const { service, journal, provider, attempt } = await sentToThePage();
    service.state = "gone";
    expect(await provider.attempts.refresh(await attempt())).toMatchObject({ status: "canceled" });
    expect(journal.findings).toEqual([]);
  });

  it("can be canceled, and given back, without it", async () => {
    const canceled = await sentToThePage();
    canceled.service.state = "gone";
    await canceled.provider.cancelPayment({
      data: canceled.session.data,
      context: { idempotency_key: "pay_x" },
    });
    expect((await canceled.attempt()).status).toBe("canceled");
    const left = await sentToThePage();
    left.service.state = "gone";
    expect(await left.provider.money.giveBack(await left.attempt())).toBe(false);
    expect((await left.attempt()).status).toBe("canceled");
  });

  it.each(["authorized", "captured", "pending", "unknown"] as const)(
    "is not believed of an attempt that is %s: the keys may be another account's",
    async (status) => {
      const { service, journal, provider, id, attempt } = await sentToThePage();
      await journal.changeAttempt(id, status);
      service.state = "gone";
      await expect(provider.attempts.refresh(await attempt())).rejects.toMatchObject({ gone: true });
      expect((await attempt()).status).toBe(status);
    },
  );

  it("is not believed of one that was left behind after something was asked of the service", async () => {
    const { service, journal, provider, id, attempt } = await sentToThePage();
    await journal.changeAttempt(id, "released");
    service.state = "gone";
    await expect(provider.money.giveBack(await attempt())).rejects.toMatchObject({ gone: true });
    expect((await attempt()).status).toBe("released");
  });
});
