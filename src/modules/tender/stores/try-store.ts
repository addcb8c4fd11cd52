import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { Trier, TryCount, TryCounter, TryTally } from "../../../services";

/** Where a counted try stands. */
export type TryState =
  /** Its request is under way. */
  | "open"
  /** At the bank's page, or with an outcome that is not known yet. */
  | "held"
  | "refused"
  | "paid"
  /** It came to nothing that tells anything about the card; not counted. */
  | "freed"
  /** Not let through. */
  | "blocked";

/** From where a try may come to each state. A row that is elsewhere stays there. */
const SETTLED_FROM: Readonly<Record<Exclude<TryState, "open">, readonly TryState[]>> = {
  held: ["open"],
  refused: ["open", "held"],
  paid: ["open", "held", "refused"],
  freed: ["open", "held"],
  blocked: ["open"],
};

/** What `tender_payment_limit` keeps for the store as a whole: while the row lasts, the stricter limits hold. */
const CARD_TESTING = "store:card-testing";

export type NewTry = Readonly<{
  /** Another id for other payment data, the same for the same confirm sent again. */
  id: string;
  attempt_id: string;
  trier: Trier;
  counters: readonly TryCounter[];
  /** Whether payment data is sent with it. Without any it goes on with what the attempt was tried with before. */
  sends_data: boolean;
  /** Asking without data after a refusal is another try. */
  counts_after_refusal: boolean;
}>;

export type Taken = Readonly<{
  /** False when the same try was counted before. */
  taken: boolean;
  counts: readonly TryCount[];
  tightened_left_ms: number | null;
}>;

/**
 * Tries to pay and what is counted of them, in Postgres, so that the limits hold across servers. Counting is one
 * statement for all scopes: it locks each counter's row, in the order of their keys, so that of many tries at the same
 * moment each sees those before it and none waits for another in a circle.
 */
export class TryStore {
  constructor(private readonly knex: Knex) {}

  /** Counts the try, before anybody is asked. */
  async take({ id, attempt_id, trier, counters, ...how }: NewTry): Promise<Taken> {
    const after_refusal: TryState[] = how.counts_after_refusal ? ["refused"] : [];
    const goes_on: TryState[] = ["open", "held", ...(how.counts_after_refusal ? [] : (["refused"] as const))];
    const { rows } = await this.knex.raw<{ rows: CountRow[] }>(
      `WITH taken AS (
         INSERT INTO tender_payment_try AS t (id, attempt_id, cart_id, address_key, keys, state)
         SELECT CAST(:id AS text), CAST(:attempt_id AS text), CAST(:cart_id AS text), CAST(:address_key AS text),
           CAST(:keys AS text[]), 'open'
         WHERE NOT EXISTS (
           SELECT 1 FROM tender_payment_try
           WHERE attempt_id = :attempt_id AND state = ANY(CAST(:same_try AS text[]))
         )
         ON CONFLICT (id) DO UPDATE SET cart_id = excluded.cart_id, address_key = excluded.address_key,
           keys = excluded.keys, state = 'open', tried_at = now()
         WHERE t.state = ANY(CAST(:renewable AS text[]))
         RETURNING id
       ), counted AS (
         INSERT INTO tender_payment_limit AS l (key, held, refused, expires_at)
         SELECT c.key, 1, 0, now() + c.within_ms * interval '1 millisecond'
         FROM taken, unnest(CAST(:keys AS text[]), CAST(:windows_ms AS bigint[])) AS c (key, within_ms)
         ORDER BY c.key
         ON CONFLICT (key) DO UPDATE SET
           held = CASE WHEN ${OVER} THEN 1 ELSE l.held + 1 END,
           refused = CASE WHEN ${OVER} THEN 0 ELSE l.refused END,
           refused_cart_id = CASE WHEN ${OVER} THEN NULL ELSE l.refused_cart_id END,
           expires_at = CASE WHEN ${OVER} THEN excluded.expires_at ELSE l.expires_at END
         RETURNING key, held, refused, refused_cart_id, expires_at
       )
       SELECT key, held, refused, refused_cart_id, ${LEFT_MS} FROM counted
       UNION ALL
       SELECT key, held, refused, refused_cart_id, ${LEFT_MS} FROM tender_payment_limit
       WHERE key = :card_testing AND expires_at > now()`,
      {
        id,
        attempt_id,
        cart_id: trier.cart_id,
        address_key: trier.address_key,
        keys: counters.map(({ key }) => key),
        windows_ms: counters.map(({ within_ms }) => within_ms),
        // What is paid is never tried again.
        same_try: how.sends_data ? ["paid"] : ["paid", ...goes_on],
        renewable: ["freed", "blocked", ...after_refusal],
        card_testing: CARD_TESTING,
      },
    );
    const counts = rows.filter(({ key }) => key !== CARD_TESTING).map(toCount);
    return { taken: counts.length > 0, counts, tightened_left_ms: tightenedLeft(rows) };
  }

  /** What is counted at this moment, without counting anything. */
  async peek(counters: readonly TryCounter[]): Promise<Omit<Taken, "taken">> {
    const { rows } = await this.knex.raw<{ rows: CountRow[] }>(
      `SELECT key, held, refused, refused_cart_id, ${LEFT_MS} FROM tender_payment_limit
       WHERE key = ANY(CAST(? AS text[])) AND expires_at > now()`,
      [[...counters.map(({ key }) => key), CARD_TESTING]],
    );
    const counts = rows.filter(({ key }) => key !== CARD_TESTING).map(toCount);
    return { counts, tightened_left_ms: tightenedLeft(rows) };
  }

  /**
   * Writes down what came of a try and moves its counts accordingly. Once it is settled, nothing counts it twice.
   * Without `id` it is the attempt's last try, one that is not decided yet before any other. True when counts moved.
   */
  async settle(
    attempt_id: string,
    state: keyof typeof SETTLED_FROM,
    id: string | null = null,
  ): Promise<boolean> {
    const { rows } = await this.knex.raw<{ rows: unknown[] }>(
      `WITH before AS (
         SELECT id, state FROM tender_payment_try
         WHERE attempt_id = :attempt_id AND (CAST(:id AS text) IS NULL OR id = :id)
         ORDER BY state IN ('open', 'held') DESC, tried_at DESC LIMIT 1 FOR UPDATE
       ), settled AS (
         UPDATE tender_payment_try t SET state = :state FROM before
         WHERE t.id = before.id AND before.state = ANY(CAST(:from AS text[]))
         RETURNING t.keys, t.cart_id, before.state AS was
       ), locked AS (
         SELECT l.key FROM tender_payment_limit l, settled WHERE l.key = ANY(settled.keys)
         ORDER BY l.key FOR UPDATE OF l
       )
       UPDATE tender_payment_limit l SET
         held = GREATEST(0, l.held + :held - (settled.was IN ('open', 'held'))::int),
         refused = GREATEST(0, l.refused + :refused - (settled.was = 'refused')::int),
         refused_cart_id = CASE WHEN :refused = 1 THEN settled.cart_id ELSE l.refused_cart_id END
       FROM locked, settled WHERE l.key = locked.key
       RETURNING l.key`,
      {
        attempt_id,
        id,
        state,
        from: [...SETTLED_FROM[state]],
        held: state === "held" ? 1 : 0,
        refused: state === "refused" ? 1 : 0,
      },
    );
    return rows.length > 0;
  }

  /** Remembers a try that was turned away before it began. */
  async noteBlocked(id: string, { cart_id, address_key }: Trier): Promise<void> {
    await this.knex("tender_payment_try").insert({ id, cart_id, address_key, keys: [], state: "blocked" });
  }

  /** What the store as a whole saw within the last `within_ms`. */
  async tally(within_ms: number): Promise<TryTally> {
    const { rows } = await this.knex.raw<{ rows: TryTally[] }>(
      `SELECT count(*) FILTER (WHERE state = 'refused')::int AS refused,
         count(DISTINCT cart_id) FILTER (WHERE state = 'refused')::int AS refused_carts,
         count(DISTINCT cart_id) FILTER (WHERE state = 'paid')::int AS paid_carts,
         count(*) FILTER (WHERE state = 'blocked')::int AS blocked,
         count(DISTINCT cart_id) FILTER (WHERE state = 'blocked')::int AS blocked_carts,
         count(DISTINCT address_key) FILTER (WHERE state IN ('refused', 'blocked'))::int AS addresses,
         count(*) FILTER (WHERE state IN ('refused', 'blocked') AND address_key IS NULL)::int AS unaddressed
       FROM tender_payment_try
       WHERE tried_at > now() - ? * interval '1 millisecond'`,
      [within_ms],
    );
    return rows[0]!;
  }

  /** Has the stricter limits hold for `lasts_ms` from now. True when they did not hold before. */
  async tighten(lasts_ms: number): Promise<boolean> {
    const { rows } = await this.knex.raw<{ rows: { begun: boolean }[] }>(
      `INSERT INTO tender_payment_limit AS l (key, held, refused, expires_at)
       VALUES (:key, 0, 0, now() + :lasts_ms * interval '1 millisecond')
       ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at,
         held = CASE WHEN l.expires_at <= now() THEN 0 ELSE l.held + 1 END
       RETURNING held = 0 AS begun`,
      { key: CARD_TESTING, lasts_ms },
    );
    return rows[0]!.begun;
  }

  /** Forgets what is not counted any more. */
  async forget(longest_window_ms: number): Promise<void> {
    await this.knex("tender_payment_limit").where("expires_at", "<", this.knex.fn.now()).delete();
    await this.knex("tender_payment_try")
      .whereRaw("tried_at < now() - ? * interval '1 millisecond'", [longest_window_ms])
      .delete();
  }
}

type CountRow = {
  key: string;
  held: number;
  refused: number;
  refused_cart_id: string | null;
  left_ms: number;
};

const LEFT_MS = "(extract(epoch FROM expires_at - now()) * 1000)::float8 AS left_ms";

/** A window is over when its time is, or when nothing in it is left to count. */
const OVER = "(l.expires_at <= now() OR l.held + l.refused <= 0)";

function toCount({ key, held, refused, refused_cart_id, left_ms }: CountRow): TryCount {
  return { key, held, refused, refused_cart_id, left_ms };
}

function tightenedLeft(rows: readonly CountRow[]): number | null {
  return rows.find(({ key }) => key === CARD_TESTING)?.left_ms ?? null;
}
