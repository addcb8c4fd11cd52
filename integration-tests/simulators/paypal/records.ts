import type {
  Address,
  AuthenticationResult,
  AuthorizationStatus,
  CaptureStatus,
  CapturePendingReason,
  CardBrand,
  Intent,
  OrderStatus,
  ProcessorResponse,
  PurchaseUnitRequest,
  RefundStatus,
} from "./contract/types";
import type { MinorUnits } from "./money";

/** Who pays. */
export type Person = Readonly<{
  payer_id: string;
  email_address: string;
  given_name: string;
  surname: string;
  country_code: string;
}>;

/** A card, without what must not be kept. */
export type Card = Readonly<{
  name: string | null;
  last_digits: string;
  brand: CardBrand;
  type: "CREDIT" | "DEBIT";
  expiry: string | null;
  billing_address: Address | null;
  /** What 3-D Secure says of it when its holder passes; see `cards/test-cards.ts`. */
  authentication: TestAuthentication;
}>;

export type TestAuthentication = Readonly<{
  /** The issuer asks the holder; otherwise the result is there at once. */
  challenge: boolean;
  result: AuthenticationResult;
}>;

export type WalletKind = "paypal" | "venmo";
export type CardKind = "card" | "apple_pay" | "google_pay";

/** When a card's holder is asked by 3-D Secure. */
export type Verification = "SCA_ALWAYS" | "SCA_WHEN_REQUIRED" | "NONE";

/** Whether and for whom what pays is to be kept. */
export type VaultWish = Readonly<{ customer_id: string | null }>;

/** What an order is paid with. */
export type Instrument =
  | Readonly<{ kind: WalletKind; person: Person; payment_token_id: string | null; vault: VaultWish | null }>
  | Readonly<{
      kind: CardKind;
      card: Card;
      payment_token_id: string | null;
      vault: VaultWish | null;
      verification: Verification;
      merchant_initiated: boolean;
    }>;

/** What comes of charging an instrument. */
export type Funding =
  | Readonly<{ kind: "completes" }>
  /** 422 with this issue. */
  | Readonly<{ kind: "refused"; issue: string }>
  /** A card's issuer refuses: the order completes, the capture in it is `DECLINED`. */
  | Readonly<{ kind: "declined"; response_code: string }>
  /** The money is on its way or looked at. */
  | Readonly<{ kind: "pending"; reason: CapturePendingReason }>;

/** What can be done to an order's money, or towards it, whoever does it: a call, the payer, the dashboard or the clock. */
export type DeedKind =
  | "challenge"
  | "authorize"
  | "reauthorize"
  | "capture"
  /** Authorized or captured, and pending. */
  | "wait"
  | "decline"
  | "void"
  | "expire"
  | "refund"
  | "refund_failed"
  | "reverse"
  | "dispute";

/** A deed on an order's money, for the ledger. */
export type Deed = Readonly<{
  kind: DeedKind;
  operation: string;
  /** PayPal-Request-Id. */
  request_id: string | null;
  at_ms: number;
  amount: MinorUnits;
  /** The authorization, capture or refund that came of it; the order where none did. */
  resource_id: string;
  /** What the caller wrote beside a refund. */
  custom_id: string | null;
}>;

export type OrderRecord = {
  readonly id: string;
  intent: Intent;
  status: OrderStatus;
  purchase_units: (PurchaseUnitRequest & { reference_id: string })[];
  readonly created_ms: number;
  updated_ms: number;
  /** When it is gone unless it was completed. */
  expires_ms: number;
  expired: boolean;
  /** Which source was named first: what its approval page and its links are of. */
  source: WalletKind | CardKind | null;
  /** What the wallet's attributes asked for, until the payer approves. */
  wish: VaultWish | null;
  /** What the source's attributes asked for, also before there is a card; null when they said nothing of it. */
  verification: Verification | null;
  instrument: Instrument | null;
  approved: boolean;
  authentication: AuthenticationResult | null;
  funding: Funding;
  payment_token_id: string | null;
  return_url: string | null;
  cancel_url: string | null;
  shipping_preference: string;
  readonly deeds: Deed[];
};

export type AuthorizationRecord = {
  readonly id: string;
  readonly order_id: string;
  readonly reference_id: string;
  /** The first authorization, of one that was made by reauthorizing it. */
  readonly parent_id: string | null;
  readonly currency: string;
  readonly amount: MinorUnits;
  status: AuthorizationStatus;
  readonly created_ms: number;
  updated_ms: number;
  readonly honored_until_ms: number;
  readonly expires_ms: number;
  expired: boolean;
  /** Captured from this and from what reauthorized it. */
  captured: MinorUnits;
  /** No more captures follow. */
  closed: boolean;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly processor_response: ProcessorResponse | null;
};

export type CaptureRecord = {
  readonly id: string;
  readonly order_id: string;
  readonly reference_id: string;
  readonly authorization_id: string | null;
  readonly currency: string;
  readonly amount: MinorUnits;
  status: CaptureStatus;
  pending_reason: CapturePendingReason | null;
  readonly final_capture: boolean;
  readonly created_ms: number;
  updated_ms: number;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly processor_response: ProcessorResponse | null;
  /** Its refunds, without those that failed. */
  refunded: MinorUnits;
  /** Taken back by a dispute that was lost. */
  reversed: MinorUnits;
};

export type RefundRecord = {
  readonly id: string;
  readonly capture_id: string;
  readonly currency: string;
  readonly amount: MinorUnits;
  status: RefundStatus;
  readonly created_ms: number;
  updated_ms: number;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly note_to_payer: string | null;
  /** What had been given back of the capture, this refund included. */
  readonly total_refunded: MinorUnits;
};

/** A payment method that is about to be saved. */
export type SetupTokenRecord = {
  readonly id: string;
  readonly customer_id: string;
  readonly kind: "card" | WalletKind;
  instrument: Instrument | null;
  status: "CREATED" | "PAYER_ACTION_REQUIRED" | "APPROVED" | "VAULTED";
  readonly created_ms: number;
  readonly return_url: string | null;
  readonly cancel_url: string | null;
};

/** A payment method that was saved. */
export type PaymentTokenRecord = {
  readonly id: string;
  readonly customer_id: string;
  readonly instrument: Instrument;
  readonly created_ms: number;
  /** What comes of charging it. */
  funding: Funding;
};

export type DisputeStatus = "OPEN" | "WAITING_FOR_SELLER_RESPONSE" | "UNDER_REVIEW" | "RESOLVED";

export type DisputeRecord = {
  readonly id: string;
  readonly capture_id: string;
  readonly reason: string;
  readonly currency: string;
  readonly amount: MinorUnits;
  status: DisputeStatus;
  outcome: "RESOLVED_BUYER_FAVOUR" | "RESOLVED_SELLER_FAVOUR" | null;
  readonly created_ms: number;
  updated_ms: number;
};
