import type { Money } from "./money";

/**
 * How far a refund that people carry out is:
 *
 * - `waits_for_payee`: the payee has to say where the money goes.
 * - `waits_for_operator`: the operator has to sign it.
 * - `signed`: signed; about to be sent.
 * - `sent`: sent, and not final yet.
 * - `done`: the payee has it. This alone counts as refunded.
 * - `dropped`: the operator gave it up.
 */
export type ManualRefundStatus =
  "waits_for_payee" | "waits_for_operator" | "signed" | "sent" | "done" | "dropped";

/** A refund that needs the payee and the operator, because the gateway cannot move the money by itself. */
export type ManualRefund = Readonly<{
  id: string;
  /** The payment's at the gateway. */
  reference: string;
  /** What it refunds of the payment; null for money beyond it, which no refund of the store's stands for. */
  amount: Money | null;
  /** What is given back, for people to read, with its unit. */
  shown: string;
  /** A fee, which is not certain yet, is taken off it. */
  less_fee: boolean;
  status: ManualRefundStatus;
  /** Opens the payee's page: a secret that is given to the payee alone, and never logged. */
  payee_token: string;
  /** Where the money goes. */
  destination: string | null;
  /** True while the payee may say where, or say it anew. */
  takes_destination: boolean;
  /** What the payee is asked for, per language (`en`, `ar`). */
  destination_titles: Readonly<Record<string, string>>;
  /** What keeps it from going on, for the operator. */
  note: string | null;
}>;

/** A page of all refunds of a provider, whichever payment they are of. */
export type ManualRefundQuery = Readonly<{
  /** Those that still wait for somebody; all when left out. */
  is_open?: boolean;
  limit: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}>;

export type ManualRefundPage = Readonly<{
  refunds: readonly ManualRefund[];
  next_cursor: string | null;
}>;

/** What the operator takes to where they sign. */
export type RefundFile = Readonly<{ file_name: string; content_type: string; text: string }>;

/**
 * Refunds that are carried out by hand. What cannot be done throws `InvalidPaymentData`, whose message is fit for
 * whoever asked for it; a service that cannot be asked, `GatewayUnavailable`.
 */
export type ManualRefunds = {
  /** All of a payment, first to last. */
  list(reference: string): Promise<readonly ManualRefund[]>;
  find(id: string): Promise<ManualRefund | undefined>;
  /** Of all payments, newest first. @throws InvalidPaymentData for a cursor that is none */
  page(query: ManualRefundQuery): Promise<ManualRefundPage>;
  /** The one the payee's page is about; undefined for a token that is nobody's here. */
  ofPayee(token: string): Promise<ManualRefund | undefined>;
  giveDestination(token: string, destination: string): Promise<ManualRefund>;
  /** What is to be signed; the same each time until it is prepared anew. */
  exportFile(id: string): Promise<RefundFile>;
  /** Makes what is to be signed anew, e.g. for a higher fee. What was exported before is of no use then. */
  prepareAnew(id: string): Promise<ManualRefund>;
  /** @param text what the operator's signing gave */
  importSigned(id: string, text: string): Promise<ManualRefund>;
  /** Begins to give back what was paid beyond the payment's amount; undefined where there is nothing. */
  openBeyond(reference: string): Promise<ManualRefund | undefined>;
  /** Gives one up that nobody has signed. */
  drop(id: string): Promise<ManualRefund>;
};
