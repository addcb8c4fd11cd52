import { FINDINGS, type FindingKind } from "../../../gateway/findings";
import type { AttemptRecord } from "../../../gateway/journal";
import type { NoticeKind, PaymentSnapshot } from "../../../gateway/outcomes";
import { isRechecked, stillStands, type Rechecked, type RecheckedKind } from "../still-stands";

const eur = (amount_minor: bigint) => ({ amount_minor, currency: "EUR" });

function attempt(change: Partial<AttemptRecord>): AttemptRecord {
  const at = new Date();
  return {
    id: "payatt_1",
    sequence: 1,
    payment_collection_id: null,
    payment_session_id: null,
    cart_id: null,
    order_id: null,
    customer_id: null,
    provider_id: "pp_a_1",
    method: "card",
    amount: eur(1000n),
    status: "authorized",
    gateway_reference: "ref",
    next_action: null,
    decline: null,
    recovery: null,
    recovery_rule_id: null,
    fallback_of: null,
    instrument: null,
    client: {},
    authorization_expires_at: null,
    created_at: at,
    updated_at: at,
    ...change,
  };
}

const snapshot = (change: Partial<PaymentSnapshot> = {}): PaymentSnapshot => ({
  reference: "ref",
  status: "authorized",
  amount: eur(1000n),
  authorized: eur(1000n),
  captured: eur(0n),
  refunded: eur(0n),
  ...change,
});

const seen = (change: Partial<Rechecked> = {}): Rechecked => ({
  attempt: attempt({}),
  snapshot: snapshot(),
  subject: "payatt_1",
  order_canceled: false,
  has_lost_operations: false,
  figures_differ: false,
  ...change,
});

const canceled = snapshot({ status: "canceled" });
const dispute = (status: "open" | "won") =>
  snapshot({ disputes: [{ id: "dp_1", amount: eur(1000n), status }] });

/** The gateway notices something about the attempt under the key 5. */
const noticed = (kind: NoticeKind, subject: string) =>
  seen({ subject, snapshot: snapshot({ notices: [{ kind, key: "5", detail: "Something." }] }) });

describe("a finding that was checked again", () => {
  const rows: [RecheckedKind, string, Rechecked, boolean][] = [
    [
      "amount_mismatch",
      "the attempt is unknown still",
      seen({ attempt: attempt({ status: "unknown" }) }),
      true,
    ],
    ["amount_mismatch", "the amount is right now", seen(), false],
    ["money_without_order", "the money is there and no order", seen(), true],
    [
      "money_without_order",
      "an order was placed",
      seen({ attempt: attempt({ order_id: "order_1" }) }),
      false,
    ],
    ["money_without_order", "the gateway holds nothing", seen({ snapshot: canceled }), false],
    ["money_without_order", "there is no payment at the gateway", seen({ snapshot: null }), false],
    ["outcome_unknown", "a call has no known end", seen({ has_lost_operations: true }), true],
    ["outcome_unknown", "all is known", seen(), false],
    ["order_not_covered", "the payment is canceled", seen({ snapshot: canceled }), true],
    ["order_not_covered", "there is no payment", seen({ snapshot: null }), true],
    ["order_not_covered", "the money is there", seen(), false],
    ["authorization_expiring", "it is not captured", seen(), true],
    ["authorization_expiring", "it is captured", seen({ snapshot: snapshot({ status: "captured" }) }), false],
    ["dispute", "it is open", seen({ subject: "dp_1", snapshot: dispute("open") }), true],
    ["dispute", "it is won", seen({ subject: "dp_1", snapshot: dispute("won") }), false],
    ["dispute", "another one is open", seen({ subject: "dp_2", snapshot: dispute("open") }), false],
    ["refund_failed", "the figures differ", seen({ figures_differ: true }), true],
    ["refund_failed", "the figures agree", seen(), false],
    ["money_beyond", "it is still noticed", noticed("money_beyond", "payatt_1:5"), true],
    ["money_beyond", "another is noticed", noticed("money_beyond", "payatt_1:6"), false],
    ["payment_undone", "it is still noticed", noticed("payment_undone", "payatt_1:5"), true],
    ["payment_undone", "it is noticed no more", seen({ subject: "payatt_1:5" }), false],
    ["refund_waits", "it is still noticed", noticed("refund_waits", "payatt_1:5"), true],
    ["refund_waits", "only something else is", noticed("payment_undone", "payatt_1:5"), false],
    ["ledger_difference", "the figures differ", seen({ figures_differ: true }), true],
    ["ledger_difference", "the figures agree", seen(), false],
  ];

  it.each(rows)("%s when %s", (kind, _when, what_is_seen, stands) => {
    expect(stillStands(kind, what_is_seen)).toBe(stands);
  });

  it("is judged for each kind that can be checked again", () => {
    const kinds = (Object.keys(FINDINGS) as FindingKind[]).filter(isRechecked);
    expect([...new Set(rows.map(([kind]) => kind))].sort()).toEqual([...kinds].sort());
  });
});
