import {
  GatewayPaymentProvider,
  GatewayMisconfigured,
  GatewayUnavailable,
  outcomeOf,
  type AttemptRecord,
  type OperationKind,
  type PaymentGateway,
  type PaymentSnapshot,
} from "../../gateway";
import { PROVIDER_OPTION } from "../../gateway/provider-option";
import { MedusaPayments, MemoryJournal } from "..";
import { AMOUNT, capabilitiesWith, onePayment } from "./one-payment";

/** What the service says of its only payment; `trouble` keeps anything from being asked of it, but not from being read. */
class Service {
  trouble: Error | undefined;
  refunded = 0;
  state: Partial<PaymentSnapshot> = {};
  /** What happens to the payment between a read and the void after it. */
  before_void: () => void = () => undefined;

  read(): PaymentSnapshot {
    return onePayment(this.state);
  }

  asked(): PaymentSnapshot {
    if (this.trouble) {
      throw this.trouble;
    }
    return this.read();
  }

  refund(): PaymentSnapshot {
    this.refunded += 1;
    this.state = { ...this.state, refunded: AMOUNT };
    return this.read();
  }

  void(): PaymentSnapshot {
    this.before_void();
    return this.asked();
  }
}

class TestProvider extends GatewayPaymentProvider {
  static override identifier = "doubtful";

  protected createGateway({ service = new Service() }: { service?: Service }): PaymentGateway {
    return {
      capabilities: capabilitiesWith("card"),
      clientConfig: () => ({ form: "none" }),
      createPayment: async () => outcomeOf(service.read()),
      updatePayment: async () => outcomeOf(service.read()),
      confirmPayment: async () => outcomeOf(service.asked()),
      capturePayment: async () => service.asked(),
      refundPayment: async () => service.refund(),
      cancelPayment: async () => service.void(),
      retrievePayment: async () => service.read(),
      verifyWebhook: async () => [],
      ping: async () => undefined,
    };
  }
}

async function begun() {
  const service = new Service();
  const journal = new MemoryJournal();
  const medusa = new MedusaPayments(journal);
  const provider = new TestProvider(medusa.cradle, { service, [PROVIDER_OPTION]: "main" });
  medusa.attach(provider);
  const session = await medusa.createPaymentSession({
    payment_collection_id: "pay_col_1",
    amount: AMOUNT,
    data: { method: "card" },
  });
  const id = String(session.data.attempt_id);
  const attempt = async () => (await journal.findAttempt({ id })) as AttemptRecord;
  const begin = (kind: OperationKind, source_id?: string) =>
    journal.beginOperation({
      attempt_id: id,
      kind,
      amount: kind === "cancel" ? null : AMOUNT,
      idempotency_key: `${id}:${kind}:${source_id ?? 1}`,
      ...(source_id !== undefined && { source_id }),
    });
  const operations = (kind: OperationKind) => journal.listOperations(id, [kind]);
  return { service, journal, provider, id, attempt, begin, operations };
}

const TROUBLES = [
  ["cannot be reached", new GatewayUnavailable("down")],
  ["does not take the keys", new GatewayMisconfigured("wrong key")],
] as const;

describe("a call whose answer nobody saw, repeated while the service", () => {
  it.each(TROUBLES)("%s, leaves the authorization unknown and permits no other way to pay", async (_, no) => {
    const { service, provider, id, begin, operations } = await begun();
    // The server died while it asked.
    await begin("authorize");
    service.trouble = no;
    const confirmed = await provider.attempts.confirm(id, { data: undefined });
    expect(confirmed).toMatchObject({ status: "unknown", next_action: { type: "wait" } });
    expect(await operations("authorize")).toMatchObject([{ status: "unknown", error_kind: "unknown" }]);
  });

  it.each(TROUBLES)(
    "%s, leaves one that left no trace unknown too: a slow service may do it yet",
    async (_, no) => {
      const { service, journal, provider, id, begin, operations } = await begun();
      const { id: operation } = await begin("authorize");
      await journal.endOperation(operation, { status: "failed", error_kind: "unknown" });
      service.trouble = no;
      expect(await provider.attempts.confirm(id, { data: undefined })).toMatchObject({ status: "unknown" });
      expect(await operations("authorize")).toMatchObject([{ status: "unknown" }]);
    },
  );

  it.each(TROUBLES)("%s, leaves the capture unknown, so that it keeps its key", async (_, no) => {
    const { service, journal, provider, id, attempt, begin, operations } = await begun();
    service.state = { status: "authorized", authorized: AMOUNT };
    await provider.attempts.refresh(await attempt());
    const { id: operation } = await begin("capture", `${id}:full`);
    await journal.endOperation(operation, { status: "unknown", error_kind: "unknown" });
    service.trouble = no;
    await expect(provider.money.capture(await attempt(), undefined)).rejects.toMatchObject({
      kind: "unknown",
    });
    expect(await operations("capture")).toMatchObject([{ id: operation, status: "unknown" }]);
  });

  it.each(TROUBLES)("%s, leaves the void unknown", async (_, no) => {
    const { service, provider, attempt, begin, operations } = await begun();
    service.state = { status: "authorized", authorized: AMOUNT };
    await begin("cancel");
    service.trouble = no;
    await expect(provider.money.cancel(await attempt(), undefined)).rejects.toMatchObject({
      kind: "unknown",
    });
    expect(await operations("cancel")).toMatchObject([{ status: "unknown" }]);
  });
});

it("a first call that never reached the service permits another way to pay", async () => {
  const { service, provider, id, attempt, operations } = await begun();
  service.trouble = new GatewayUnavailable("down");
  await expect(provider.attempts.confirm(id, { data: undefined })).rejects.toBe(service.trouble);
  expect((await attempt()).status).toBe("released");
  expect(await operations("authorize")).toMatchObject([{ status: "failed", error_kind: "unavailable" }]);
});

it("money that is taken between the look and the void is given back as well", async () => {
  const { service, provider, attempt } = await begun();
  service.before_void = () => (service.state = { status: "captured", authorized: AMOUNT, captured: AMOUNT });
  expect(await provider.money.giveBack(await attempt())).toBe(true);
  expect(service.refunded).toBe(1);
  expect((await attempt()).status).toBe("canceled");
});
