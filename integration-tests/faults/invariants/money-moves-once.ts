import type { Ask } from "../schedule/lane";
import type { Books } from "./books";
import { Judge, type Invariant } from "./invariant";
import { movesOf, type Move } from "./moves";

/**
 * 4. Captured ≤ authorized, refunded ≤ captured; and what the bank moved is what operators asked for: an ask that was
 * answered well happened exactly once, one that was not happened at most once, however often it was repeated.
 */
export const moneyMovesOnce: Invariant = {
  name: "money moves once for each ask",
  check: (books: Books) => {
    const judge = new Judge();
    for (const row of books.bank) {
      const { reference, authorized_minor, captured_minor, refunded_minor } = row;
      if (captured_minor > authorized_minor || refunded_minor > captured_minor) {
        judge.say(
          `${reference}: authorized ${authorized_minor}, captured ${captured_minor}, refunded ${refunded_minor}`,
        );
      }
    }
    (["capture", "refund"] as const).forEach((kind) => compareAsks(judge, books, kind));
    return judge;
  },
};

function compareAsks(judge: Judge, books: Books, kind: "capture" | "refund"): void {
  const moves = books.bank.flatMap((row) => movesOf(books, row, kind));
  const asks = books.asks.filter((ask) => ask.kind === kind);
  const answered = asks.filter(({ statuses }) => statuses.some((status) => status >= 200 && status < 300));
  const open = asks.filter((ask) => !answered.includes(ask));
  let left = moves;
  for (const { amount_minor, payment_id } of answered) {
    // A refusal may turn out to be for what the bank's own dashboard had moved; that stands for the ask then.
    const made = movesFor(left, amount_minor, open);
    if (made.length === 0) {
      judge.say(`the ${kind} of ${amount_minor} on ${payment_id} was answered well, and the bank made none`);
    }
    left = left.filter((move) => !made.includes(move));
  }
  const on_cancel = books.asks.some((ask) => ask.kind === "cancel_order");
  const unasked = left.filter((move) => move.by_us && !move.is_return);
  for (const { amount_minor, written } of unasked) {
    const at = open.findIndex((ask) => ask.amount_minor === amount_minor);
    if (at !== -1) {
      open.splice(at, 1);
    } else if (kind === "capture" || !on_cancel) {
      judge.say(
        `the bank made a ${kind} of ${amount_minor} that nobody asked for${written ? ` (${written.id})` : ""}`,
      );
    }
  }
}

/**
 * Which moves stand for an ask: one of ours for an operator rather than one in the dashboard, or a return of ours, or
 * several that make up the amount: in the dashboard, or of asks whose operator was told that they failed.
 */
function movesFor(moves: readonly Move[], amount_minor: number, open: readonly Ask[]): readonly Move[] {
  const ranked = [
    (move: Move) => move.by_us && !move.is_return,
    (move: Move) => !move.by_us,
    (move: Move) => move.is_return,
  ];
  for (const fits of ranked) {
    const found = moves.find((move) => move.amount_minor === amount_minor && fits(move));
    if (found) {
      return [found];
    }
  }
  const untold = moves.filter(
    (move) => !move.by_us || (!move.is_return && open.some((ask) => ask.amount_minor === move.amount_minor)),
  );
  return addingUpTo(untold, amount_minor) ?? [];
}

function addingUpTo([first, ...others]: readonly Move[], amount_minor: number): Move[] | undefined {
  if (amount_minor === 0) {
    return [];
  }
  if (!first || amount_minor < 0) {
    return undefined;
  }
  const rest = addingUpTo(others, amount_minor - first.amount_minor);
  return rest ? [first, ...rest] : addingUpTo(others, amount_minor);
}
