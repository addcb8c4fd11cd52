import { setTimeout as sleep } from "node:timers/promises";
import type { TenderModuleService } from "../../src/modules/tender";
import { LimitsSchema, type Limits } from "../../src/services";
import { decide } from "./bank-page";
import { cardOf, type Answer, type Shopper } from "./shopper";
import type { Running } from "./suite";

export const APPROVED = "4242424242424242";
export const REFUSED = "4000000000009995";
export const CHALLENGED = "4000002760003184";
export const NO_TIGHTENING = { card_testing: false } as const;

/** From where and with what a shopper tries to pay. */
export type Visit = { from?: string; number?: string; headers?: Record<string, string> };

/** Shoppers at addresses of their own at a store whose limits a test may set; each test begins uncounted. */
export function limitedStore(running: Running) {
  let addresses = 0;
  /** An address on the internet (RFC 5737) that no other test uses. */
  const address = () => `203.0.113.${(addresses += 1)}`;
  const sql = (text: string) => running.container().resolve("__pg_connection__").raw(text);

  /** The options are read at each request, so a test may set its own. */
  function limit(limits: Parameters<typeof LimitsSchema.parse>[0]): Limits {
    const parsed = LimitsSchema.parse(limits);
    Object.assign(running.container().resolve<TenderModuleService>("tender").options, { limits: parsed });
    return parsed;
  }
  beforeEach(async () => {
    limit({});
    await sql("truncate tender_payment_try, tender_payment_limit");
    await sql("delete from tender_payment_finding");
  });

  const headersOf = ({ from, headers }: Visit) => ({ ...(from && { "x-forwarded-for": from }), ...headers });

  const start = (shopper: Shopper, visit: Visit = {}) =>
    shopper.start("pp_sandbox_a:card", undefined, headersOf(visit));

  const confirmWith = (shopper: Shopper, started: Answer, visit: Visit, body: object) =>
    shopper.post(
      `/store/carts/${shopper.cart_id}/payment-attempts/${started.body.payment_attempt.id}/confirm`,
      body,
      headersOf(visit),
    );

  const confirm = (shopper: Shopper, started: Answer, visit: Visit = {}) =>
    confirmWith(shopper, started, visit, { data: { card: cardOf(visit.number ?? REFUSED) } });

  /** Back from the bank's page: confirms without payment data. */
  const comeBack = (shopper: Shopper, started: Answer, visit: Visit = {}) =>
    confirmWith(shopper, started, visit, {});

  /** One try to pay; the start's answer when that was turned away already. */
  async function pay(shopper: Shopper, visit: Visit = {}): Promise<Answer> {
    const started = await start(shopper, visit);
    return started.status === 200 ? confirm(shopper, started, visit) : started;
  }

  /** Chooses the provider through Medusa's own session route. */
  async function chooseThroughMedusa(shopper: Shopper, data: object, provider_id = "pp_sandbox_a") {
    const { body } = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
    const { id } = body.payment_collection;
    return shopper.post(`/store/payment-collections/${id}/payment-sessions`, { provider_id, data });
  }

  /** Pays through Medusa's own completion. */
  const complete = (shopper: Shopper, visit: Visit = {}) =>
    shopper.post(`/store/carts/${shopper.cart_id}/complete`, {}, headersOf(visit));

  /** Tries settle after their answer. */
  async function settled(): Promise<void> {
    for (let looks = 0; looks < 100; looks += 1) {
      const { rows } = await sql("select 1 from tender_payment_try where state = 'open'");
      if (rows.length === 0) return;
      await sleep(20);
    }
    throw new Error("A try is still open.");
  }

  async function refuse(shopper: Shopper, visit: Visit = {}): Promise<void> {
    expect((await pay(shopper, { ...visit, number: REFUSED })).status).toBe(402);
    await settled();
  }

  const findings = async (): Promise<{ detail: string }[]> =>
    (await sql("select detail from tender_payment_finding where kind = 'card_testing'")).rows;

  return {
    address,
    sql,
    limit,
    start,
    confirm,
    comeBack,
    pay,
    chooseThroughMedusa,
    complete,
    settled,
    refuse,
    findings,
  };
}

/** Decides on the bank's page for 3-D Secure that an answer leads to. */
export async function decideAtBank({ body }: Answer, decision: "approve" | "fail" | "later"): Promise<void> {
  await decide(body.payment_attempt.next_action.url, decision);
}
