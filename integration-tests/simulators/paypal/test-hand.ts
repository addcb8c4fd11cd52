import { eventIn, Hand, type HandDeps } from "../shared/hand";
import type { Account, WebhookEndpoint } from "./account";
import type { Order } from "./contract/types";
import { newEvent, type SimulatedEvent } from "./events";
import type { RequestRecord } from "./http/desk";
import type { OperationName } from "./http/routes";
import type { FAULT_PHASES } from "./http/faults";
import { orderOf, setupTokenOf } from "./http/pages";
import type { Tokens } from "./http/tokens";
import { ledgerOf, openPayments, type LedgerRow, type OpenPayments } from "./ledger";
import {
  approveOrder,
  awaitsPayer,
  failAuthentication,
  reverseApproval,
  type Approval,
} from "./objects/approval";
import { captureAuthorization, voidAuthorization } from "./objects/authorizations";
import { endRefund, refundCapture } from "./objects/captures";
import { answerDispute, openDispute, resolveDispute } from "./objects/disputes";
import { endPending } from "./objects/pending";
import { approveSetupToken } from "./objects/setup-tokens";
import { orderView } from "./objects/views";
import { moneyOf, type MinorUnits } from "./money";
import type { Funding } from "./records";
import { withCrcOf } from "./webhooks/same-crc";
import { eventText, type Forgery, type Sendable, type Webhooks } from "./webhooks/webhooks";

type Deps = HandDeps<typeof FAULT_PHASES, RequestRecord> &
  Readonly<{ accounts: readonly Account[]; tokens: Tokens; webhooks: Webhooks }>;

type Wrong = "signature" | "certificate";

/** Changes the copy of a resource it is given. */
type Change = (resource: Record<string, unknown>) => void;

const FORGERIES: Readonly<Record<Wrong, Forgery>> = {
  signature: { signed: "another text" },
  certificate: { signer: "foreign" },
};

/**
 * What a test can do inside the simulator. Where an `account` can be named it is by merchant id or client id; the first
 * one is meant when it is left out. Refusals are thrown, with the issue they would be answered with.
 */
export class TestHand extends Hand<typeof FAULT_PHASES, OperationName, RequestRecord> {
  constructor(private readonly deps: Deps) {
    super(deps);
  }

  protected override accountId(named: string): string {
    return this.account(named).id;
  }

  /** What all orders have done with money. */
  ledger(account?: string): LedgerRow[] {
    return account === undefined ? this.deps.accounts.flatMap(ledgerOf) : ledgerOf(this.account(account));
  }

  /**
   * The ledger's rows of an account that changed after a revision.
   * @returns the rows, and the revision to go on from
   */
  ledgerSince(revision: number, account?: string): Readonly<{ rows: LedgerRow[]; revision: number }> {
    const of = this.account(account);
    return { rows: ledgerOf(of, revision), revision: of.revision };
  }

  /** The order as it is, whoever's it is. */
  order(order_id: string): Order {
    const { account, order } = orderOf(this.deps.accounts, order_id);
    return orderView(account, order);
  }

  /** The account's access tokens are refused from now on, as when its secret is rolled. */
  revokeTokens(account?: string): void {
    this.deps.tokens.revoke(this.account(account));
  }

  /** The payer approves in PayPal or passes 3-D Secure, and stays away from the shop. */
  approve(order_id: string, approval?: Approval): void {
    const { account, order } = orderOf(this.deps.accounts, order_id);
    approveOrder(account, order, approval);
  }

  /** The payer presses cancel, or closes the window: the order still waits for them. */
  cancel(order_id: string): void {
    const { order } = orderOf(this.deps.accounts, order_id);
    if (!awaitsPayer(order)) {
      throw new Error(`${order_id} does not wait for its payer.`);
    }
  }

  /** The payer agrees to have a payment method saved. */
  approveSetup(setup_token_id: string, payer_email?: string): void {
    approveSetupToken(setupTokenOf(this.deps.accounts, setup_token_id), payer_email);
  }

  /** The payer fails 3-D Secure; PayPal leaves it to the shop what to make of it. */
  failAuthentication(order_id: string): void {
    const { account, order } = orderOf(this.deps.accounts, order_id);
    failAuthentication(account, order);
  }

  /** PayPal takes the approval back before the shop completes the order. */
  reverseApproval(order_id: string): void {
    const { account, order } = orderOf(this.deps.accounts, order_id);
    reverseApproval(account, order);
  }

  /** What comes of charging an order from now on; after the honor period also of its authorization. */
  fund(order_id: string, funding: Funding): void {
    orderOf(this.deps.accounts, order_id).order.funding = funding;
  }

  /** What comes of charging a saved payment method from now on. */
  fundToken(payment_token_id: string, funding: Funding): void {
    this.owner(payment_token_id).paymentToken(payment_token_id).funding = funding;
  }

  /** The money of a pending capture arrives, or a pending authorization is approved. */
  completePending(id: string): void {
    endPending(this.owner(id), id, "COMPLETED");
  }

  /** It does not. */
  denyPending(id: string): void {
    endPending(this.owner(id), id, "DECLINED");
  }

  /** A pending refund is done, before its time. */
  completeRefund(refund_id: string): void {
    endRefund(this.owner(refund_id), refund_id, "COMPLETED");
  }

  /** The money of a refund does not reach the payer and is the merchant's again. */
  failRefund(refund_id: string): void {
    endRefund(this.owner(refund_id), refund_id, "FAILED");
  }

  /** The payer contests a capture. @param given `amount` in minor units is all when left out @returns its id */
  openDispute(capture_id: string, given: Readonly<{ reason?: string; amount?: MinorUnits }> = {}): string {
    return openDispute(this.owner(capture_id), capture_id, { reason: "UNAUTHORISED", ...given }).id;
  }

  /** An operator sends evidence in the dashboard. */
  answerDispute(dispute_id: string): void {
    answerDispute(this.owner(dispute_id), dispute_id);
  }

  closeDispute(dispute_id: string, outcome: "won" | "lost"): void {
    resolveDispute(this.owner(dispute_id), dispute_id, outcome);
  }

  /** What an operator does in PayPal's dashboard, past the shop. Amounts in minor units; all when left out. */
  readonly dashboard = {
    /** @returns the capture's id */
    capture: (authorization_id: string, amount?: MinorUnits): string => {
      const account = this.owner(authorization_id);
      const { currency } = account.authorization(authorization_id);
      const asked = amount === undefined ? {} : { amount: moneyOf(amount, currency) };
      return captureAuthorization(account, authorization_id, { ...asked, final_capture: true }).id;
    },
    void: (authorization_id: string): void =>
      void voidAuthorization(this.owner(authorization_id), authorization_id),
    /** @returns the refund's id */
    refund: (capture_id: string, amount?: MinorUnits): string => {
      const account = this.owner(capture_id);
      const { currency } = account.capture(capture_id);
      const asked = amount === undefined ? {} : { amount: moneyOf(amount, currency) };
      return refundCapture(account, capture_id, asked).id;
    },
  };

  /** What of an order an operator or its payer's bank can still do something about; oldest first. */
  open(order_id: string): OpenPayments {
    return openPayments(orderOf(this.deps.accounts, order_id).account, order_id);
  }

  /** Sends the account's events to these endpoints from now on. */
  subscribe(endpoints: readonly WebhookEndpoint[], account?: string): void {
    this.deps.webhooks.subscribe(this.account(account).id, endpoints);
  }

  /** All events of an account, oldest first. */
  events(account?: string): readonly SimulatedEvent[] {
    return this.account(account).events;
  }

  /** Sends an event again, all copies at once. @returns what was answered, null where nothing was */
  async resend(event_id: string, times = 1): Promise<(number | null)[]> {
    const { account, event } = eventIn(this.deps.accounts, event_id);
    const sent = Array.from({ length: times }, () => this.deps.webhooks.sendNow(account.id, event));
    return (await Promise.all(sent)).flat();
  }

  /**
   * Sends an event of a test's own making, all copies at once; the account does not have it.
   * @param forged as {@link forge} or, with a change of its resource, as {@link forgeSameCrc} does it
   * @returns what was answered, null where nothing was
   */
  async sendMade(
    made: Readonly<{ id: string; event_type: string; resource: object }>,
    { times = 1, forged }: Readonly<{ times?: number; forged?: Wrong | Change }> = {},
    account?: string,
  ): Promise<(number | null)[]> {
    const of = this.account(account);
    const event = { ...newEvent("PAYMENT.CAPTURE.COMPLETED", {}, this.now(), of.base_url()), ...made };
    const forgery = typeof forged === "function" ? sameCrc(event, forged) : forged && FORGERIES[forged];
    const sent = Array.from({ length: times }, () => this.deps.webhooks.sendNow(of.id, event, forgery));
    return (await Promise.all(sent)).flat();
  }

  /**
   * Sends an event that PayPal did not sign: `signature` is of another text, `certificate` is a stranger's, with a
   * signature that fits it.
   */
  forge(event_id: string, wrong: Wrong = "signature"): Promise<(number | null)[]> {
    const { account, event } = eventIn(this.deps.accounts, event_id);
    return this.deps.webhooks.sendNow(account.id, event, FORGERIES[wrong]);
  }

  /**
   * Sends an event whose resource was changed, with a genuine signature that is still right: it covers the body's CRC32
   * only, and the changed body has the same.
   * @param change changes the copy it is given
   */
  forgeSameCrc(event_id: string, change: Change): Promise<(number | null)[]> {
    const { account, event } = eventIn(this.deps.accounts, event_id);
    return this.deps.webhooks.sendNow(account.id, event, sameCrc(event, change));
  }

  private account(named?: string): Account {
    const { accounts } = this.deps;
    const account =
      named === undefined
        ? accounts[0]
        : accounts.find(({ id, options }) => id === named || options.client_id === named);
    if (!account) {
      throw new Error(`The simulator has no account ${named ?? ""}.`);
    }
    return account;
  }

  private owner(id: string): Account {
    const account = this.deps.accounts.find((candidate) => candidate.holds(id));
    if (!account) {
      throw new Error(`No account of the simulator has ${id}.`);
    }
    return account;
  }
}

function sameCrc(event: Sendable, change: Change): Forgery {
  const resource = { ...structuredClone(event.resource as object) };
  change(resource);
  const signed = eventText(event);
  return { signed, body: withCrcOf(signed, { ...event, resource }) };
}
