import type { BankRow } from "../../system/bank";

/** What the runner writes down for each account: where its webhooks go, and the gateway's own credentials. */
export type Merchant = Readonly<Record<"provider" | "webhook_url", string>>;

/** A payment as an account's own books have it, in the suite's words. */
export type Payment = Omit<BankRow, "provider">;

/** A fault, in the service's words. */
export type FaultRequest = Readonly<{
  fault: string;
  operation?: string;
  value_ms?: number;
  times?: number;
}>;

/** What every simulator's hand can do, whatever it simulates. */
export interface SimulatorHand {
  advance(by_ms: number): void;
  fault(request: FaultRequest): Promise<void>;
  clearFaults(): Promise<void>;
  faults(): readonly object[];
  deliveriesWaiting(): number;
}

export type Webhook = Readonly<{ type: string; event_id: string; reference?: string; times: number }>;

/** `forged`: not signed by the service. `altered`: its signature still fits, although somebody changed what it says. */
export type Treatment = "genuine" | "forged" | "altered";

/** What is done to a payment, past the store. */
export const ACTIONS = ["capture", "refund", "cancel", "dispute", "approve", "decline"] as const;
export type Action = (typeof ACTIONS)[number];

/** One account at a simulated service. Amounts are minor units. */
export type BankAccount = Readonly<{
  url: string;
  /** What the certificates of its webhooks lead to, where it signs with any; PEM. */
  root_certificate?: string;
  hand: SimulatorHand;
  /** The payments that changed after a revision of the account's books, and the revision to go on from. */
  changedSince(revision: number): Readonly<{ payments: readonly Payment[]; revision: number }>;
  /** By operators in the service's dashboard, and by payers at their own bank. @throws refusals of the service's */
  acts: Readonly<Record<Action, (reference: string, amount_minor: number | undefined) => void>>;
  /** @returns what the store answered to each copy, null where it answered nothing */
  sendWebhook(webhook: Webhook, treatment: Treatment): Promise<readonly (number | null)[]>;
}>;

/** A service that a simulator plays, as the runner's bank. */
export type Service<M extends Merchant> = Readonly<{
  startAccount(merchant: M): Promise<BankAccount>;
  fault_kinds: readonly string[];
  /** The service's names of what may be asked of it. */
  operations: readonly string[];
  /** What a refusal of the service's is answered with; undefined for whatever else went wrong. */
  refusalOf(error: unknown): Readonly<{ status: number; body: unknown }> | undefined;
}>;
