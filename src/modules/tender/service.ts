import { MedusaService } from "@medusajs/framework/utils";
import type { AttemptStatus } from "../../gateway/attempt-states";
import type { FindingKind, NewFinding } from "../../gateway/findings";
import type {
  AttemptChange,
  AttemptQuery,
  AttemptRecord,
  OpenAttempt,
  PaymentJournal,
  StartData,
} from "../../gateway/journal";
import type { OperationEnd, OperationKind, OperationRecord } from "../../gateway/operations";
import type { GatewayCallObserved } from "../../gateway/telemetry";
import type { OptionsService, RecoveryContext, Telemetry } from "../../services";
import type { LiveRecovery } from "./live-recovery";
import { TenderPaymentAttempt } from "./models/payment-attempt";
import { TenderPaymentBroughtPromotion } from "./models/payment-brought-promotion";
import { TenderPaymentChange } from "./models/payment-change";
import { TenderPaymentFinding } from "./models/payment-finding";
import { TenderPaymentOperation } from "./models/payment-operation";
import { TenderPaymentProviderSetting } from "./models/payment-provider-setting";
import { TenderPaymentWebhookEvent } from "./models/payment-webhook-event";
import { TenderRecoveryOverride } from "./models/recovery-override";
import type { TenderOptions } from "./options";
import type { AttemptHistory } from "./stores/attempt-history";
import type { AttemptList } from "./stores/attempt-list";
import type { AttemptQueue } from "./stores/attempt-queue";
import type { AttemptStore } from "./stores/attempt-store";
import type { BroughtPromotionStore } from "./stores/brought-promotion-store";
import type { ChangeStore } from "./stores/change-store";
import type { FigureStore } from "./stores/figure-store";
import type { FindingStore } from "./stores/finding-store";
import type { LedgerStore } from "./stores/ledger-store";
import type { OperationStore } from "./stores/operation-store";
import type { ProviderNewsStore } from "./stores/provider-news-store";
import type { OverrideStore } from "./stores/override-store";
import type { SettingStore } from "./stores/setting-store";
import type { TryStore } from "./stores/try-store";
import type { WebhookEventStore } from "./stores/webhook-event-store";
import type { WebhookInbox } from "./stores/webhook-inbox";

type Cradle = {
  attemptStore: AttemptStore;
  attemptQueue: AttemptQueue;
  attemptList: AttemptList;
  attemptHistory: AttemptHistory;
  figureStore: FigureStore;
  webhookEventStore: WebhookEventStore;
  webhookInbox: WebhookInbox;
  operationStore: OperationStore;
  settingStore: SettingStore;
  providerNewsStore: ProviderNewsStore;
  changeStore: ChangeStore;
  broughtPromotionStore: BroughtPromotionStore;
  findingStore: FindingStore;
  ledgerStore: LedgerStore;
  tryStore: TryStore;
  telemetry: Telemetry;
  overrideStore: OverrideStore;
  recovery: LiveRecovery;
  paymentOptions: OptionsService;
  tenderOptions: TenderOptions;
};

/** What Tender remembers, and its decisions. The journal half is what gateways write through. */
export default class TenderModuleService
  extends MedusaService({
    TenderPaymentAttempt,
    TenderPaymentBroughtPromotion,
    TenderPaymentChange,
    TenderPaymentFinding,
    TenderPaymentOperation,
    TenderPaymentProviderSetting,
    TenderPaymentWebhookEvent,
    TenderRecoveryOverride,
  })
  implements PaymentJournal
{
  readonly attempts: AttemptStore;
  /** The attempts the reconciler looks at. */
  readonly queue: AttemptQueue;
  /** The webhook inbox. */
  readonly webhooks: WebhookEventStore;
  readonly settings: SettingStore;
  /** What was heard of providers last. */
  readonly provider_news: ProviderNewsStore;
  readonly tries: TryStore;
  readonly ledger: LedgerStore;
  /** Logs and metrics; see `services/telemetry`. */
  readonly telemetry: Telemetry;
  /** What operators changed about recovery rules. */
  readonly overrides: OverrideStore;
  readonly recovery: LiveRecovery;
  readonly payment_options: OptionsService;
  readonly options: TenderOptions;
  readonly operations: OperationStore;
  readonly findings: FindingStore;
  /** What operators see of webhooks. */
  readonly inbox: WebhookInbox;
  /** What operators changed. */
  readonly changes: ChangeStore;
  /** Promotions that came with a payment option. */
  readonly brought_promotions: BroughtPromotionStore;
  /** Attempts as operators list and search them. */
  readonly attempt_list: AttemptList;
  readonly attempt_history: AttemptHistory;
  /** Approval rate, recovered sales and the like. */
  readonly figures: FigureStore;
  private readonly start_data = new Map<string, StartData>();

  constructor(cradle: Cradle) {
    super(...arguments);
    this.attempts = cradle.attemptStore;
    this.queue = cradle.attemptQueue;
    this.attempt_list = cradle.attemptList;
    this.attempt_history = cradle.attemptHistory;
    this.figures = cradle.figureStore;
    this.webhooks = cradle.webhookEventStore;
    this.settings = cradle.settingStore;
    this.provider_news = cradle.providerNewsStore;
    this.tries = cradle.tryStore;
    this.operations = cradle.operationStore;
    this.findings = cradle.findingStore;
    this.inbox = cradle.webhookInbox;
    this.changes = cradle.changeStore;
    this.brought_promotions = cradle.broughtPromotionStore;
    this.ledger = cradle.ledgerStore;
    this.telemetry = cradle.telemetry;
    this.overrides = cradle.overrideStore;
    this.recovery = cradle.recovery;
    this.payment_options = cradle.paymentOptions;
    this.options = cradle.tenderOptions;
  }

  /** How many tries a cart may make: the plugin's option, or what an operator lowered it to. */
  get attempts_per_cart(): number {
    return Math.min(this.options.attempts_per_cart, this.recovery.overridden.budgets.attempts_per_cart);
  }

  /** What the store says about every recovery, whatever was refused. */
  get recovery_settings(): Pick<RecoveryContext, "attempts_allowed" | "opt_in"> {
    return {
      attempts_allowed: this.attempts_per_cart,
      opt_in: { risk_switch: this.options.risk_switch },
    };
  }

  openAttempt(input: OpenAttempt): Promise<AttemptRecord> {
    return this.attempts.open(input);
  }

  findAttempt(query: AttemptQuery): Promise<AttemptRecord | null> {
    return this.attempts.find(query);
  }

  findReleased(payment_collection_id: string): Promise<AttemptRecord[]> {
    return this.attempts.listReleased(payment_collection_id);
  }

  changeAttempt(id: string, to: AttemptStatus, change?: AttemptChange): Promise<AttemptRecord | null> {
    return this.attempts.change(id, to, change);
  }

  annotateAttempt(id: string, change: AttemptChange): Promise<AttemptRecord> {
    return this.attempts.annotate(id, change);
  }

  claimAttempt(id: string, owner: string, lease_ms: number): Promise<boolean> {
    return this.attempts.claim(id, owner, lease_ms);
  }

  handOver(from_id: string, to_id: string, gateway_reference: string): Promise<boolean> {
    return this.attempts.handOver(from_id, to_id, gateway_reference);
  }

  renewClaim(id: string, owner: string, lease_ms: number): Promise<boolean> {
    return this.attempts.renewClaim(id, owner, lease_ms);
  }

  releaseClaim(id: string, owner: string): Promise<void> {
    return this.attempts.releaseClaim(id, owner);
  }

  isClaimed(id: string): Promise<boolean> {
    return this.attempts.isClaimed(id);
  }

  beginOperation(
    input: Parameters<PaymentJournal["beginOperation"]>[0],
  ): ReturnType<PaymentJournal["beginOperation"]> {
    return this.operations.begin(input);
  }

  endOperation(id: string, end: OperationEnd): Promise<void> {
    return this.operations.end(id, end);
  }

  listOperations(attempt_id: string, kinds: readonly OperationKind[]): Promise<OperationRecord[]> {
    return this.operations.list(attempt_id, kinds);
  }

  /** See `PaymentJournal.takeStartData`; the other half of it. */
  async withStartData<T>(attempt_id: string, data: StartData, work: () => Promise<T>): Promise<T> {
    this.start_data.set(attempt_id, data);
    try {
      return await work();
    } finally {
      this.start_data.delete(attempt_id);
    }
  }

  takeStartData(attempt_id: string): StartData | undefined {
    const data = this.start_data.get(attempt_id);
    this.start_data.delete(attempt_id);
    return data;
  }

  observe(event: GatewayCallObserved): void {
    this.telemetry.observeCall(event);
  }

  lookWithin(attempt_id: string, within_ms: number): Promise<void> {
    return this.queue.hasten(attempt_id, within_ms);
  }

  openFinding(finding: NewFinding): Promise<void> {
    return this.findings.open(finding);
  }

  closeFinding(kind: FindingKind, subject: string, resolution: string): Promise<void> {
    return this.findings.close(kind, subject, resolution);
  }
}
