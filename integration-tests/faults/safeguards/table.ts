import type { Safeguard } from "./safeguard";

const MOVES_ONCE = "money moves once for each ask";
const COVERED = "orders are covered, and money has an order";
const IN_TURN = "attempts change by the table, one worker at a time";
const WEBHOOKS = "webhooks are stored once and worked, forged ones are not";

const READ_FIRST: Safeguard = {
  name: "the gateway is read before anything new is moved",
  protects: "What went through although its answer was lost is put on record instead of being moved again.",
  edits: [
    {
      file: "src/gateway/make-move.ts",
      find: "const repeated = await this.settleLost(kind, request, reference, before);",
      replace: "const repeated: OperationRecord | undefined = undefined;",
    },
    {
      file: "src/gateway/make-move.ts",
      find: "rows && (await this.unrecorded(kind, request, reference, rows));",
      replace: "null as PaymentSnapshot | null;",
    },
  ],
  play: { profile: "lost_moves", schedules: 12, seed: 1 },
  breaks: [MOVES_ONCE],
};

/** What keeps money safe, each with the proof that the suite notices when it is gone. */
export const SAFEGUARDS: readonly Safeguard[] = [
  {
    name: "a key is used again after an ambiguous end",
    protects: "A call that may still be on its way when it is repeated is carried out once.",
    edits: [
      {
        file: "src/gateway/make-move.ts",
        find: "const idempotency_key = repeated?.idempotency_key ?? `${attempt.id}:${kind}:${source_id}`;",
        replace: "const idempotency_key = `${attempt.id}:${kind}:${source_id}`;",
      },
    ],
    play: { profile: "slow_moves", schedules: 12, seed: 1 },
    breaks: [MOVES_ONCE],
  },
  READ_FIRST,
  {
    ...READ_FIRST,
    name: "the gateway is read before anything new is moved, with Stripe",
    play: { gateway: "stripe", ...READ_FIRST.play },
  },
  {
    ...READ_FIRST,
    name: "the gateway is read before anything new is moved, with PayPal",
    play: { gateway: "paypal", ...READ_FIRST.play },
  },
  {
    name: "an attempt's status is compared and swapped",
    protects: "Of several who bring news of an attempt one wins, and what has ended stays ended.",
    edits: [
      {
        file: "src/modules/tender/stores/attempt-store.ts",
        find: '      .where({ id })\n      .whereIn("status", sourcesOf(to))\n',
        replace: "      .where({ id })\n",
      },
    ],
    play: { profile: "short_money", schedules: 12, seed: 1 },
    breaks: [IN_TURN],
  },
  {
    name: "an attempt's claim is compared and swapped",
    protects: "One worker at a time confirms, settles, captures or returns a payment.",
    edits: [
      {
        file: "src/modules/tender/stores/attempt-store.ts",
        find: "const claimed = await this.unclaimed()\n",
        replace: "const claimed = await this.table()\n",
      },
    ],
    play: { profile: "confirmed_twice", schedules: 12, seed: 1 },
    breaks: [IN_TURN],
  },
  {
    name: "the inbox's unique key",
    protects: "A webhook that is told again is acknowledged, and neither stored nor worked a second time.",
    edits: [
      {
        file: "src/modules/tender/migrations/Migration20261122000000.ts",
        find: 'CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_provider_id_event_id_unique"',
        replace: 'CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_provider_id_event_id_unique"',
      },
      {
        file: "src/modules/tender/stores/webhook-event-store.ts",
        find: '      .onConflict(this.knex.raw("(provider_id, event_id) WHERE deleted_at IS NULL") as never)\n      .ignore()\n',
        replace: "",
      },
    ],
    play: { profile: "repeated_webhooks", schedules: 12, seed: 1 },
    breaks: [WEBHOOKS],
  },
  {
    name: "the amount that was approved is checked",
    protects: "An approval of less than was asked for, or in another currency, places no order.",
    edits: [
      {
        file: "src/gateway/integrity.ts",
        find: "if (sameMoney(snapshot.amount, attempt.amount) && approvesTheWhole(attempt, snapshot, by_store)) {",
        replace: "if (attempt.amount) {",
      },
    ],
    play: { profile: "short_money", schedules: 12, seed: 1 },
    breaks: [COVERED],
  },
  {
    name: "the cart's total is checked",
    protects: "A payment of the amount the cart had before it was changed places no order.",
    edits: [
      {
        file: "src/workflows/settle/settle-payment.ts",
        find: "!cart.completed && !sameMoney(cart.total, attempt.amount)",
        replace: "false",
      },
      {
        file: "src/workflows/settle/ensure-session.ts",
        find: "!cart.completed && sameMoney(cart.total, attempt.amount)",
        replace: "!cart.completed",
      },
    ],
    // The change has to fall between the approval and the order; of so many it does in some on any machine.
    play: { profile: "changed_carts", schedules: 48, seed: 1 },
    breaks: [COVERED],
  },
];
