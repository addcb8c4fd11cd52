import type { BankRow } from "../system/bank";
import { attemptOf, findingsAbout, heldMinor, type AttemptBook, type Books } from "./books";
import { Judge, type Invariant } from "./invariant";

/** Findings that say the figures differ. */
const EXCUSES = [
  "ledger_difference",
  "outcome_unknown",
  "amount_mismatch",
  "money_without_order",
  "order_not_covered",
  "refund_failed",
];

const NOTHING_HELD = ["created", "ready", "action_required", "declined", "failed", "released", "canceled"];

/** What an attempt may say while the bank says this. `captured` is looked at apart. */
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  requires_confirmation: NOTHING_HELD,
  action_required: NOTHING_HELD,
  pending: ["pending", "released", "canceled"],
  authorized: ["authorized"],
  captured: ["captured"],
  canceled: ["canceled", "failed", "declined"],
};

/** 2. The bank's books, Medusa's payments and Tender's attempts say the same, to the minor unit. */
export const booksAgree: Invariant = {
  name: "bank = Medusa = Tender",
  check: (books: Books) => {
    const judge = new Judge();
    for (const row of books.bank) {
      const attempt = attemptOf(books, row);
      if (attempt) {
        compareAttempt(judge, books, row, attempt);
        comparePayment(judge, books, row, attempt);
      }
      compareOperations(judge, books, row);
      compareSums(judge, books, row);
    }
    for (const { id, gateway_reference, provider_id } of books.attempts) {
      if (gateway_reference && !books.bank.some(({ reference }) => reference === gateway_reference)) {
        judge.say(`attempt ${id} names ${gateway_reference}, which ${provider_id} does not have`);
      }
    }
    return judge;
  },
};

function compareAttempt(judge: Judge, books: Books, row: BankRow, attempt: AttemptBook): void {
  const open = findingsAbout(books, row);
  const given_back = row.status === "captured" && heldMinor(row) === 0;
  const allowed = [...(STATUSES[row.status] ?? []), ...(given_back ? ["canceled"] : [])];
  if (!allowed.includes(attempt.status)) {
    judge.say(
      `${row.reference} is ${row.status} at the bank, attempt ${attempt.id} is ${attempt.status}`,
      EXCUSES,
      open,
    );
  }
  if (row.authorized_minor > 0 && heldMinor(row) > 0 && row.authorized_minor !== attempt.amount_minor) {
    judge.say(
      `${row.reference} is authorized for ${row.authorized_minor}, attempt ${attempt.id} is for ${attempt.amount_minor}`,
      EXCUSES,
      open,
    );
  }
}

function comparePayment(judge: Judge, books: Books, row: BankRow, attempt: AttemptBook): void {
  const open = findingsAbout(books, row);
  const payment = books.payments.find(
    ({ payment_session_id }) => payment_session_id === attempt.payment_session_id,
  );
  if (!payment) {
    if (heldMinor(row) > 0) {
      judge.say(`${row.reference} holds ${heldMinor(row)} and Medusa has no payment for it`, EXCUSES, open);
    }
    return;
  }
  const sums = ["captured_minor", "refunded_minor"] as const;
  for (const sum of sums) {
    if (payment[sum] !== row[sum]) {
      judge.say(
        `${sum}: the bank has ${row[sum]} for ${row.reference}, Medusa has ${payment[sum]} for ${payment.id}`,
        EXCUSES,
        open,
      );
    }
  }
  if (heldMinor(row) > 0 && payment.amount_minor !== row.authorized_minor) {
    judge.say(
      `the bank authorized ${row.authorized_minor} for ${row.reference}, Medusa's ${payment.id} is for ${payment.amount_minor}`,
      EXCUSES,
      open,
    );
  }
}

/**
 * Every move of money the bank made on a call of ours stands in Tender's journal as succeeded. A refund whose answer was
 * lost and that came back before anybody read it may stand there as failed: nothing was given back.
 */
function compareOperations(judge: Judge, books: Books, row: BankRow): void {
  const open = findingsAbout(books, row);
  const came_back = row.operations.filter(({ kind }) => kind === "refund_failed");
  for (const { kind, amount_minor, idempotency_key } of row.operations) {
    const is_move = kind === "capture" || kind === "refund";
    const written = books.operations.find(({ bank_key }) => bank_key === idempotency_key);
    const is_undone =
      kind === "refund" &&
      written?.status === "failed" &&
      came_back.some((returned) => returned.amount_minor === amount_minor);
    if (is_move && idempotency_key !== null && written?.status !== "succeeded" && !is_undone) {
      judge.say(
        `the bank made a ${kind} of ${amount_minor} on ${row.reference}; the journal has it as ${written?.status ?? "nothing"}`,
        EXCUSES,
        open,
      );
    }
  }
}

/** The journal claims no move that the bank did not make, on our call or in its dashboard. */
function compareSums(judge: Judge, books: Books, row: BankRow): void {
  const owner = attemptOf(books, row)?.id;
  for (const kind of ["capture", "refund"] as const) {
    const claimed = books.operations
      .filter(({ attempt_id, status }) => attempt_id === owner && status === "succeeded")
      .filter((written) => written.kind === kind)
      .reduce((sum, { amount_minor }) => sum + (amount_minor ?? 0), 0);
    const made = kind === "capture" ? row.captured_minor : row.refunded_minor;
    if (claimed > made) {
      judge.say(
        `the journal has ${kind}s of ${claimed} on ${row.reference}, the bank made ${made}`,
        EXCUSES,
        findingsAbout(books, row),
      );
    }
  }
}
