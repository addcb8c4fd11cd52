import { eventIn, Hand, type HandDeps } from "../shared/hand";
import type Stripe from "stripe";
import type { Account, EventType, SimulatedEvent, WebhookEndpoint } from "./account";
import type { RequestRecord } from "./http/desk";
import type { OperationName } from "./http/routes";
import type { FAULT_PHASES } from "./http/faults";
import { decide, recordOf } from "./http/pages";
import { newId } from "./ids";
import { ledgerOf, type LedgerRow } from "./ledger";
import { enableCharges } from "./objects/accounts";
import { captureIntent } from "./objects/capture";
import { latestCharge } from "./objects/charges";
import { fundIntent, settleIntent } from "./objects/confirm";
import { answerDispute, closeDispute, openDispute } from "./objects/disputes";
import { refuseApplePay } from "./objects/domains";
import { cancelIntent } from "./objects/payment-intents";
import { payOut } from "./objects/payouts";
import { createRefund, failRefund } from "./objects/refunds";
import type { Webhooks } from "./webhooks";

type Deps = HandDeps<typeof FAULT_PHASES, RequestRecord> &
  Readonly<{ accounts: readonly Account[]; webhooks: Webhooks }>;

/**
 * What a test can do inside the simulator. Where an `account` can be named it is by id or secret key; the first one is
 * meant when it is left out. Refusals are thrown as they would be answered.
 */
export class TestHand extends Hand<typeof FAULT_PHASES, OperationName, RequestRecord> {
  constructor(private readonly deps: Deps) {
    super(deps);
  }

  protected override accountId(named: string): string {
    return this.account(named).id;
  }

  /** What all intents have done with money. */
  ledger(account?: string): LedgerRow[] {
    return account === undefined
      ? this.deps.accounts.flatMap((each) => ledgerOf(each))
      : ledgerOf(this.account(account));
  }

  /**
   * The ledger's rows of an account that changed after a revision.
   * @returns the rows, and the revision to go on from
   */
  ledgerSince(revision: number, account?: string): Readonly<{ rows: LedgerRow[]; revision: number }> {
    const of = this.account(account);
    return { rows: ledgerOf(of, revision), revision: of.journal.revision };
  }

  /** The intent as it is, whoever's it is. */
  paymentIntent(id: string): Stripe.PaymentIntent {
    return structuredClone(this.owner(id).paymentIntent(id).object);
  }

  /** The shopper approves or refuses, at 3-D Secure or on a bank's page, and stays away from the shop. */
  decide(intent_id: string, decision: "approve" | "fail"): void {
    const { account, record } = recordOf(this.deps.accounts, intent_id);
    decide(account, record, decision === "approve");
  }

  /** The bank answers a debit before its time. */
  settleDebit(intent_id: string, answer: "paid" | "failed"): void {
    const account = this.owner(intent_id);
    settleIntent(account, account.paymentIntent(intent_id), answer === "paid");
  }

  /** A bank transfer for the intent arrives, in the smallest unit. */
  transfer(intent_id: string, amount: number): void {
    const account = this.owner(intent_id);
    fundIntent(account, account.paymentIntent(intent_id), amount);
  }

  /** The payer's bank sends a refund back. */
  failRefund(refund_id: string): void {
    const account = this.deps.accounts.find(({ refunds }) => refunds.has(refund_id));
    failRefund(account ?? this.account(), refund_id);
  }

  /** The payer contests an intent's charge. @param given `amount` is all when left out */
  openDispute(intent_id: string, given: Readonly<{ reason?: string; amount?: number }> = {}): Stripe.Dispute {
    const account = this.owner(intent_id);
    const charge = latestCharge(account, account.paymentIntent(intent_id).object);
    if (!charge) {
      throw new Error(`${intent_id} has no charge to dispute.`);
    }
    return structuredClone(openDispute(account, charge, { reason: "fraudulent", ...given }));
  }

  /** An operator sends evidence in the dashboard. */
  answerDispute(dispute_id: string): void {
    answerDispute(this.ownerOfDispute(dispute_id), dispute_id);
  }

  closeDispute(dispute_id: string, status: "won" | "lost"): void {
    closeDispute(this.ownerOfDispute(dispute_id), dispute_id, status);
  }

  /** What an operator does in Stripe's dashboard, past the shop. */
  readonly dashboard = {
    capture: (intent_id: string, amount_to_capture?: number): void =>
      void captureIntent(this.owner(intent_id), { id: intent_id, amount_to_capture }),
    cancel: (intent_id: string): void => void cancelIntent(this.owner(intent_id), { id: intent_id }),
    refund: (intent_id: string, amount?: number): string =>
      createRefund(this.owner(intent_id), { payment_intent: intent_id, amount }).id,
  };

  /** A payout, with its event. */
  payOut(
    payout: Readonly<{ amount: number; currency: string; status: "paid" | "failed" }>,
    account?: string,
  ): Stripe.Payout {
    return structuredClone(payOut(this.account(account), payout));
  }

  /** Stripe stops or resumes the account's payments, and tells by `account.updated`. */
  enableCharges(enabled: boolean, account?: string): void {
    enableCharges(this.account(account), enabled);
  }

  /** Apple could not verify a registered domain, until it is validated again. */
  refuseApplePay(domain_id: string, message = "The domain could not be verified.", account?: string): void {
    refuseApplePay(this.account(account), domain_id, message);
  }

  /** Sends the account's events to these endpoints from now on. */
  subscribe(endpoints: readonly WebhookEndpoint[], account?: string): void {
    this.deps.webhooks.subscribe(this.account(account).id, endpoints);
  }

  /** All events of an account, oldest first. */
  events(account?: string): readonly SimulatedEvent[] {
    return this.account(account).events;
  }

  /** An event of something the simulator does not play, e.g. of another integration on the same account. */
  emit(type: EventType, object: unknown, account?: string): SimulatedEvent {
    return this.account(account).emit(type, object);
  }

  /** Sends an event again, all copies at once. @returns what was answered, null where nothing was */
  async resend(event_id: string, times = 1): Promise<(number | null)[]> {
    const { account, event } = eventIn(this.deps.accounts, event_id);
    const sent = Array.from({ length: times }, () => this.deps.webhooks.sendNow(account.id, event));
    return (await Promise.all(sent)).flat();
  }

  /**
   * Sends an event of a test's own making, all copies at once; the account does not have it.
   * @param forged signs it with a secret nobody has
   * @returns what was answered, null where nothing was
   */
  async sendMade(
    { object, ...made }: Readonly<{ id: string; type: string; object: unknown }>,
    { times = 1, forged = false }: Readonly<{ times?: number; forged?: boolean }> = {},
    account?: string,
  ): Promise<(number | null)[]> {
    const of = this.account(account);
    const event = { ...of.newEvent(object), ...made };
    const secrets = forged ? [newId("whsec", 32)] : undefined;
    const sent = Array.from({ length: times }, () => this.deps.webhooks.sendNow(of.id, event, secrets));
    return (await Promise.all(sent)).flat();
  }

  /** Sends an event that is signed with a secret nobody has. */
  forge(event_id: string): Promise<(number | null)[]> {
    const { account, event } = eventIn(this.deps.accounts, event_id);
    return this.deps.webhooks.sendNow(account.id, event, [newId("whsec", 32)]);
  }

  private account(named?: string): Account {
    const { accounts } = this.deps;
    const account =
      named === undefined
        ? accounts[0]
        : accounts.find(({ id, options }) => id === named || options.secret_key === named);
    if (!account) {
      throw new Error(`The simulator has no account ${named ?? ""}.`);
    }
    return account;
  }

  private owner(intent_id: string): Account {
    return recordOf(this.deps.accounts, intent_id).account;
  }

  private ownerOfDispute(dispute_id: string): Account {
    return this.deps.accounts.find(({ disputes }) => disputes.has(dispute_id)) ?? this.account();
  }
}
