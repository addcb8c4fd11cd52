import { money } from "../../../../gateway/money";
import type { Quote } from "../../rates";
import type { Invoice, InvoiceOutput } from "../invoice";
import { PaymentPolicySchema, termsOf, type PaymentPolicy } from "../policy";
import { standingOf, type Standing } from "../standing";

const MINUTE_MS = 60_000;
const MADE = Date.parse("2030-01-01T12:00:00Z");
const TIP = 1_000;
const DUE = 100_000n;

const at = (minutes: number): Date => new Date(MADE + minutes * MINUTE_MS);

const INVOICE: Invoice = {
  id: "btcinv_1",
  amount: money(6980n, "EUR"),
  quote: {} as Quote,
  due_sats: DUE,
  required_sats: DUE,
  confirmations_needed: 1,
  expires_at: at(15),
  canceled_at: null,
  settled_at: null,
};

/** @param blocks how many blocks it is under; none while it waits */
function output(value_sats: bigint, blocks = 0, change: Partial<InvoiceOutput> = {}): InvoiceOutput {
  const block = blocks === 0 ? null : { height: TIP - blocks + 1, hash: "aa" };
  return { txid: "t1", vout: 0, value_sats, paid_at: at(5), block, lost: null, ...change };
}

function look(
  outputs: readonly InvoiceOutput[],
  {
    now = at(6),
    policy = {},
    ...invoice
  }: Partial<Invoice> & { now?: Date; policy?: Partial<Record<keyof PaymentPolicy, unknown>> } = {},
): Standing {
  const made = { ...INVOICE, ...invoice };
  const terms = termsOf(made.due_sats, PaymentPolicySchema.parse(policy));
  return standingOf({ ...made, ...terms }, outputs, { tip_height: TIP, now });
}

describe("an invoice", () => {
  it.each<[string, readonly InvoiceOutput[], Parameters<typeof look>[1], Partial<Standing>]>([
    ["waits for all of it", [], {}, { phase: "awaiting", missing_sats: DUE, received_sats: 0n }],
    [
      "of which a part has come waits for the rest",
      [output(40_000n)],
      {},
      { phase: "partial", missing_sats: 60_000n },
    ],
    ["that was paid in full is confirming", [output(DUE)], {}, { phase: "confirming", confirmations: 0 }],
    [
      "is settled as deep as its amount asks for",
      [output(DUE, 1)],
      {},
      { phase: "settled", confirmations: 1 },
    ],
    ["that nobody paid in time is expired", [], { now: at(16) }, { phase: "expired", missing_sats: 0n }],
    [
      "that was paid in part only is expired",
      [output(40_000n)],
      { now: at(16) },
      { phase: "expired", received_sats: 40_000n },
    ],
    ["paid in time goes on confirming after it", [output(DUE)], { now: at(16) }, { phase: "confirming" }],
    [
      "may still be paid at its last moment",
      [output(DUE, 0, { paid_at: at(15) })],
      { now: at(15) },
      { phase: "confirming" },
    ],
  ])("%s", (_, outputs, given, expected) => {
    expect(look(outputs, given)).toMatchObject(expected);
  });

  it("adds up what came by several transactions, and by several outputs of one", () => {
    const outputs = [output(30_000n, 2), output(30_000n, 2, { vout: 1 }), output(40_000n, 1, { txid: "t2" })];
    expect(look(outputs)).toMatchObject({ phase: "settled", received_sats: DUE, excess_sats: 0n });
  });

  it("is as deep as the shallowest output that it needs", () => {
    const policy = { confirmations: [{ blocks: 3 }] };
    const deep = output(99_999n, 6);
    expect(look([deep, output(1n, 2, { txid: "t2" })], { policy })).toMatchObject({
      phase: "confirming",
      confirmations: 2,
    });
    expect(look([output(DUE, 3), output(5n, 0, { txid: "t2" })], { policy })).toMatchObject({
      phase: "settled",
      excess_sats: 5n,
    });
  });

  it("one satoshi short is not paid, and at the tolerance exactly is", () => {
    expect(look([output(DUE - 1n, 1)])).toMatchObject({ phase: "partial", missing_sats: 1n });
    const policy = { tolerance_bps: 100 };
    expect(look([output(99_000n, 1)], { policy })).toMatchObject({ phase: "settled" });
    expect(look([output(98_999n, 1)], { policy })).toMatchObject({ phase: "partial", missing_sats: 1_001n });
  });

  it("keeps what came too late apart, however much it is", () => {
    const late = output(DUE, 9, { paid_at: at(15.01) });
    expect(look([late], { now: at(20) })).toMatchObject({
      phase: "expired",
      received_sats: 0n,
      late_sats: DUE,
    });
    const half = output(50_000n, 9, { txid: "t2" });
    expect(look([half, { ...late, value_sats: 50_000n }], { now: at(20) })).toMatchObject({
      phase: "expired",
      received_sats: 50_000n,
      late_sats: 50_000n,
    });
  });

  it("that was canceled takes nothing that comes after that", () => {
    expect(look([output(DUE, 1)], { canceled_at: at(4) })).toMatchObject({
      phase: "expired",
      late_sats: DUE,
    });
    expect(look([output(DUE, 1)], { canceled_at: at(5) })).toMatchObject({ phase: "settled" });
  });

  it.each(["replaced", "dropped"] as const)("falls back when its payment was %s", (lost) => {
    expect(look([output(DUE, 0, { lost })])).toMatchObject({ phase: "awaiting", missing_sats: DUE });
    expect(look([output(DUE, 0, { lost })], { now: at(16) })).toMatchObject({ phase: "expired" });
  });

  it("counts once a payment that was replaced by one that still pays it", () => {
    const bumped = output(DUE, 0, { txid: "t2" });
    expect(look([output(DUE, 0, { lost: "replaced" }), bumped])).toMatchObject({
      phase: "confirming",
      received_sats: DUE,
      excess_sats: 0n,
    });
  });

  it("says that it is undone when the chain takes back what it was settled with", () => {
    const settled_at = at(10);
    expect(look([output(DUE, 1)], { settled_at })).toMatchObject({ is_undone: false });
    expect(look([output(DUE)], { settled_at })).toMatchObject({ phase: "confirming", is_undone: true });
    expect(look([output(DUE, 0, { lost: "replaced" })], { settled_at, now: at(60) })).toMatchObject({
      phase: "expired",
      is_undone: true,
    });
  });

  it("has no depth above a tip that went backwards", () => {
    expect(look([output(DUE, 1, { block: { height: TIP + 2, hash: "aa" } })])).toMatchObject({
      phase: "confirming",
      confirmations: 0,
    });
  });
});

describe("the policy", () => {
  it.each([
    [1_000_000n, 1],
    [1_000_001n, 3],
    [10_000_000n, 3],
    [10_000_001n, 6],
    [2_100_000_000_000_000n, 6],
  ])("asks %s satoshis for %s confirmations", (due_sats, confirmations_needed) => {
    expect(look([], { due_sats })).toMatchObject({ confirmations_needed });
  });

  it.each([
    ["no tier without up_to", { confirmations: [{ up_to: "1", blocks: 1 }] }],
    ["two tiers without up_to", { confirmations: [{ blocks: 1 }, { blocks: 2 }] }],
    [
      "tiers that do not rise",
      { confirmations: [{ up_to: "2", blocks: 1 }, { up_to: "1", blocks: 2 }, { blocks: 6 }] },
    ],
    ["no confirmation at all", { confirmations: [{ blocks: 0 }] }],
    ["an amount that is no decimal", { trust_unconfirmed_up_to: "1e3" }],
    ["more decimals than satoshis", { trust_unconfirmed_up_to: "0.123456789" }],
    ["half of it as tolerance", { tolerance_bps: 5_000 }],
    ["an unknown word", { tolerance: 1 }],
  ])("is refused with %s", (_, policy) => {
    expect(PaymentPolicySchema.safeParse(policy).success).toBe(false);
  });
});
