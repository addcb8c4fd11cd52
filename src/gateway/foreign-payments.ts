import { STATUS_OF_SNAPSHOT } from "./attempt-news";
import type { GatewayCaller } from "./gateway-caller";
import type { AttemptRecord, PaymentJournal } from "./journal";
import type { MedusaCradle } from "./medusa-cradle";
import type { PaymentGateway } from "./payment-gateway";

/**
 * Takes payments into the books that another plugin made at the same service, the first time Medusa asks for
 * something to be done with one or the service tells news of it. Sessions of ours always name their attempt, so that a
 * shopper cannot bring one in.
 */
export class ForeignPayments {
  constructor(
    private readonly provider_id: string,
    private readonly gateway: PaymentGateway,
    private readonly caller: GatewayCaller,
    private readonly medusa: MedusaCradle,
    private readonly journal: () => PaymentJournal,
  ) {}

  /** The session another plugin noted with a payment. Undefined where there is none, or the account has no such payment. */
  async sessionOf(reference: string): Promise<string | undefined> {
    const { gateway } = this;
    return (
      gateway.foreignSession &&
      this.caller.read(async (signal) => gateway.foreignSession?.(reference, signal))
    );
  }

  /**
   * The attempt of the payment that the data speaks of, as the gateway reports it now; `null` where it speaks of none.
   * Throws a `GatewayError` when the payment cannot be read.
   */
  async adopt(data: Readonly<Record<string, unknown>>): Promise<AttemptRecord | null> {
    const { gateway, provider_id } = this;
    const foreign = gateway.foreignPayment?.(data);
    const [method] = gateway.capabilities.methods;
    if (!foreign || !method) {
      return null;
    }
    const { reference: gateway_reference, payment_session_id = null } = foreign;
    const known = await this.journal().findAttempt({ provider_id, gateway_reference });
    if (known) {
      return known;
    }
    const snapshot = await this.caller.read((signal) => gateway.retrievePayment(gateway_reference, signal));
    // Two of its news at once, or news and a shopper's request, adopt it together.
    const attempt = await this.journal().openAttempt({
      payment_collection_id: await this.medusa.collectionOf(payment_session_id ?? undefined),
      payment_session_id,
      provider_id,
      method: method.id,
      amount: snapshot.amount,
      gateway_reference,
    });
    const adopted = await this.journal().changeAttempt(attempt.id, STATUS_OF_SNAPSHOT[snapshot.status], {
      next_action: snapshot.next_action ?? null,
      instrument: snapshot.instrument ?? null,
      client: snapshot.client ?? {},
      authorization_expires_at: snapshot.authorization_expires_at ?? null,
    });
    return adopted ?? this.journal().findAttempt({ id: attempt.id });
  }
}
