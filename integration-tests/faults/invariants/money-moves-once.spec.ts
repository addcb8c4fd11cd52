import type { BankRow } from "../system/bank";
import type { Books, OperationBook } from "./books";
import { moneyMovesOnce } from "./money-moves-once";

const RETURNED = refund("attempt_1", "attempt_1:return:0");
const ASKED = refund("attempt_2", "ref_1");

describe("money moves once for each ask", () => {
  it("does not take what Tender gave back for what an operator asked for, be it the same amount", () => {
    expect(broken(books([RETURNED, ASKED], [200]))).toEqual([]);
  });

  it("tells a refund that nobody asked for", () => {
    expect(broken(books([RETURNED, ASKED], []))).toEqual([
      "the bank made a refund of 2850 that nobody asked for (attempt_2)",
    ]);
  });

  it("takes what went back of a payment without an order for a return, whoever gave it back", () => {
    const attempt = (order_id: string | null) => ({ id: "attempt_2", order_id });
    const of = (order_id: string | null) =>
      ({ ...books([ASKED], []), attempts: [attempt(order_id)] }) as unknown as Books;
    expect(broken(of(null))).toEqual([]);
    expect(broken(of("order_1"))).toHaveLength(1);
  });

  it("tells a refund that was answered well and never made", () => {
    expect(broken(books([], [200]))).toEqual([
      "the refund of 2850 on pay_1 was answered well, and the bank made none",
    ]);
  });

  it("takes moves in the bank's dashboard that add up to it for what was asked for", () => {
    const moved = (...sums: number[]) => {
      const operations = sums.map((amount_minor) => ({
        kind: "refund",
        amount_minor,
        idempotency_key: null,
      }));
      return { ...books([], [200]), bank: [{ ...rowOf(ASKED), operations }] } as unknown as Books;
    };
    expect(broken(moved(1000, 500, 1850))).toEqual([]);
    expect(broken(moved(1000, 500))).toEqual([
      "the refund of 2850 on pay_1 was answered well, and the bank made none",
    ]);
  });

  it("takes one that was told as failed, and what the dashboard moved besides, for the whole that was asked for", () => {
    const operations = [
      { kind: "refund", amount_minor: 2500, idempotency_key: ASKED.bank_key },
      { kind: "refund", amount_minor: 350, idempotency_key: null },
    ];
    const asked = (...first: number[]) =>
      ({
        ...books([ASKED], [200]),
        bank: [{ ...rowOf(ASKED), operations }],
        asks: [
          { kind: "refund", amount_minor: 2500, payment_id: "pay_1", statuses: first },
          { kind: "refund", amount_minor: 2850, payment_id: "pay_1", statuses: [200] },
        ],
      }) as unknown as Books;
    expect(broken(asked(500))).toEqual([]);
    expect(broken(asked(200))).toEqual([
      "the refund of 2850 on pay_1 was answered well, and the bank made none",
    ]);
  });
});

const broken = (of: Books) => moneyMovesOnce.check(of).broken;

function books(operations: OperationBook[], statuses: number[]): Books {
  const asks =
    statuses.length > 0 ? [{ kind: "refund", amount_minor: 2850, payment_id: "pay_1", statuses }] : [];
  return { operations, asks, attempts: [], bank: operations.map(rowOf) } as unknown as Books;
}

/** The bank's payment of one refund. */
function rowOf({ attempt_id, bank_key }: OperationBook): BankRow {
  const operations = [{ kind: "refund", amount_minor: 2850, idempotency_key: bank_key, at: "" }];
  const sums = { authorized_minor: 2850, captured_minor: 2850, refunded_minor: 2850 };
  return { reference: `of_${attempt_id}`, ...sums, operations } as unknown as BankRow;
}

function refund(attempt_id: string, source_id: string): OperationBook {
  return {
    id: attempt_id,
    attempt_id,
    kind: "refund",
    status: "succeeded",
    amount_minor: 2850,
    idempotency_key: `${attempt_id}:refund:${source_id}`,
    bank_key: `${attempt_id}:refund:${source_id} at the bank`,
    source_id,
    started_at: new Date(0),
  };
}
