import type { AdminPaymentFigures } from "../../src/api/admin/tender/payment-figures/contract";
import type {
  AdminListedAttempt,
  AdminPaymentAttemptDetail,
} from "../../src/api/admin/tender/payment-attempts/contract";
import addUpFiguresJob from "../../src/jobs/add-up-figures";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { Operator } from "../support/operator";
import { addAttempts, addedAttempt } from "../support/attempt-rows";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const NO_FUNDS = "4000000000009995";

withRunningStore((running) => {
  async function operator(): Promise<Operator> {
    return Operator.logIn(running.base_url());
  }

  async function figures(query = ""): Promise<AdminPaymentFigures> {
    const answer = await (await operator()).send("GET", `/admin/tender/payment-figures?${query}`);
    expect(answer.body).toHaveProperty("payment_figures");
    return answer.body.payment_figures;
  }

  async function listed(query = "") {
    const answer = await (await operator()).send("GET", `/admin/tender/payment-attempts?${query}`);
    expect(answer.status).toBe(200);
    return answer.body as {
      payment_attempts: AdminListedAttempt[];
      next_cursor: string | null;
      previous_cursor: string | null;
    };
  }

  async function idsOf(query: string): Promise<string[]> {
    return (await listed(query)).payment_attempts.map(({ id }) => id);
  }

  describe("figures", () => {
    it("of a store without payments are empty, and have a point for every day all the same", async () => {
      const empty = await figures("period=7d");
      expect(empty).toMatchObject({
        attempts: 0,
        approval_rate: null,
        approved_amounts: [],
        recovered: [],
        time_to_pay: { carts: 0, median_ms: null, p90_ms: null },
        declines: [],
        providers: [],
      });
      expect(empty.series.points.length).toBeGreaterThanOrEqual(7);
    });

    it("count a sale that a refusal would have lost, and the refusal with its code", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      await shopper.pay("pp_sandbox_a:card", APPROVES);
      await (await running.shopper()).pay("pp_sandbox_a:card", APPROVES);

      expect(await figures("period=24h")).toMatchObject({
        attempts: 3,
        approved: 2,
        declined: 1,
        not_reached: 0,
        approval_rate: 2 / 3,
        approved_amounts: [{ currency_code: "eur", carts: 2, amount: 139.6 }],
        recovered: [{ currency_code: "eur", carts: 1, amount: 69.8 }],
        time_to_pay: { carts: 2 },
        declines: [{ category: "funds_limit", count: 1, codes: [{ code: "insufficient_funds", count: 1 }] }],
      });
    });

    it("count a sale that another provider took over as recovered, and the one that was down as not reached", async () => {
      const shopper = await running.shopper();
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      await shopper.pay("pp_sandbox_a:card", APPROVES);

      const { providers, ...all } = await figures();
      expect(all).toMatchObject({
        approval_rate: 1,
        not_reached: 1,
        recovered: [{ currency_code: "eur", carts: 1, amount: 69.8 }],
      });
      expect(providers).toEqual([
        expect.objectContaining({ provider_id: "pp_sandbox_a", not_reached: 1, approval_rate: null }),
        expect.objectContaining({ provider_id: "pp_sandbox_b", approved: 1, approval_rate: 1 }),
      ]);
      expect(providers[1]?.median_ms).toBeGreaterThan(0);
    });

    it("stay as they are when an order is refunded or canceled later", async () => {
      const [first, second] = [await running.shopper(), await running.shopper()];
      await first.pay("pp_sandbox_a:card", NO_FUNDS);
      const refunded = await first.pay("pp_sandbox_a:card", APPROVES);
      const canceled = await second.pay("pp_sandbox_b:card", APPROVES);
      const { from: _, to: __, series: ___, ...before } = await figures();

      const admin = await operator();
      const order = await admin.order(refunded.confirmed.body.order.id);
      const payment_id: string = order.payment_collections[0].payments[0].id;
      await admin.capture(payment_id);
      expect((await admin.refund(payment_id, 69.8)).status).toBe(200);
      expect((await admin.cancelOrder(canceled.confirmed.body.order.id)).status).toBe(200);

      const { attempts } = await statuses();
      expect(attempts).toContain("canceled");
      expect(await figures()).toMatchObject(before);
      expect(before).toMatchObject({ approved: 2, declined: 1 });
    });

    it("say what is undecided by leaving it out of the rate", async () => {
      const shopper = await running.shopper();
      await shopper.start("pp_sandbox_a:card");
      expect(await figures()).toMatchObject({
        attempts: 1,
        approved: 0,
        declined: 0,
        not_reached: 0,
        approval_rate: null,
      });
    });

    it("can be asked for one region, provider or currency, also for payments through Medusa's own routes", async () => {
      await (await running.shopper()).pay("pp_sandbox_a:card", APPROVES);
      await connection()("tender_payment_attempt").update({ region_id: null });
      const { region_id } = running.store();
      expect(await figures(`region_id=${region_id}`)).toMatchObject({ attempts: 1 });
      expect(await figures("region_id=reg_other")).toMatchObject({ attempts: 0 });
      expect(await figures("provider_id=pp_sandbox_a&currency_code=eur")).toMatchObject({ attempts: 1 });
      expect(await figures("provider_id=pp_sandbox_b")).toMatchObject({ attempts: 0 });
      expect(await figures("currency_code=usd")).toMatchObject({ attempts: 0 });
    });

    it("are told by the day of the operator's zone", async () => {
      // Half past eleven at night in UTC is the next day in Riyadh.
      await addAttempts(connection(), [addedAttempt({ created_at: new Date("2026-03-10T23:30:00Z") })]);
      const query = "from=2026-03-08T21:00:00Z&to=2026-03-12T21:00:00Z&time_zone=Asia/Riyadh";
      const { series } = await figures(query);
      expect(series.unit).toBe("day");
      expect(series.points.map(({ starts_at, attempts }) => [starts_at, attempts])).toEqual([
        ["2026-03-08T21:00:00.000Z", 0],
        ["2026-03-09T21:00:00.000Z", 0],
        ["2026-03-10T21:00:00.000Z", 1],
        ["2026-03-11T21:00:00.000Z", 0],
      ]);
    });

    it("have a point for each hour of the night in which clocks go back, and forth", async () => {
      for (const night of ["2026-10-25", "2026-03-29"]) {
        const [first, second] = [new Date(`${night}T00:30:00Z`), new Date(`${night}T01:30:00Z`)];
        await addAttempts(connection(), [
          addedAttempt({ created_at: first }),
          addedAttempt({ created_at: second }),
          addedAttempt({ created_at: second }),
        ]);
        const { series } = await figures(
          `from=${night}T00:00:00Z&to=${night}T04:00:00Z&time_zone=Europe/Berlin`,
        );
        expect(series.unit).toBe("hour");
        expect(series.points.map(({ starts_at, attempts }) => [starts_at, attempts])).toEqual([
          [`${night}T00:00:00.000Z`, 1],
          [`${night}T01:00:00.000Z`, 2],
          [`${night}T02:00:00.000Z`, 0],
          [`${night}T03:00:00.000Z`, 0],
        ]);
      }
    });

    it("are answered with what there is while another server adds up", async () => {
      await addAttempts(connection(), [addedAttempt()]);
      await connection().transaction(async (other) => {
        await other.raw("select pg_advisory_xact_lock(7365001)");
        const looks = await Promise.all(Array.from({ length: 12 }, () => figures()));
        expect(looks.map(({ attempts }) => attempts)).toEqual(looks.map(() => 0));
      });
      expect(await figures()).toMatchObject({ attempts: 1 });
    });

    it("of a long time are added up a portion at a time, the latest first, and by the job to the end", async () => {
      const hours_ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
      await addAttempts(
        connection(),
        Array.from({ length: 150 }, (_, hours) => addedAttempt({ created_at: hours_ago(hours) })),
      );
      expect(await figures("period=24h")).toMatchObject({ attempts: 24 });
      expect(await figures("period=30d")).toMatchObject({ attempts: 150 });
      await addAttempts(
        connection(),
        Array.from({ length: 350 }, (_, hours) => addedAttempt({ created_at: hours_ago(hours) })),
      );
      await addUpFiguresJob(running.container());
      expect(await figures("period=30d")).toMatchObject({ attempts: 500 });
    });

    it("hold the payments from before an upgrade once the job has been over them", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      await shopper.pay("pp_sandbox_a:card", APPROVES);
      const attempts = () => connection()("tender_payment_attempt").orderBy("sequence");
      const { region_id } = running.store();
      const [refused, paid] = await attempts();
      const lacking = { region_id: null, approved_at: null, declined_at: null, refusal: null };
      await connection()("tender_payment_attempt").update(lacking);
      // As old as most of a long history: the job takes more than one batch.
      await addAttempts(
        connection(),
        Array.from({ length: 600 }, () => addedAttempt({ created_at: new Date("2026-01-01T00:00:00Z") })),
      );
      await connection()("tender_payment_figure_due").delete();
      await connection()("tender_payment_history_left").insert({ after_id: "" });

      // Somebody pays with one of them: it is theirs, and the job comes again.
      await connection().transaction(async (payment) => {
        await payment("tender_payment_attempt").where({ id: paid.id }).forUpdate();
        await addUpFiguresJob(running.container());
      });
      expect(await connection()("tender_payment_history_left")).toHaveLength(1);
      await addUpFiguresJob(running.container());

      expect(await connection()("tender_payment_history_left")).toEqual([]);
      expect(await figures(`period=24h&region_id=${region_id}`)).toMatchObject({
        attempts: 2,
        approved: 1,
        declined: 1,
        recovered: [{ carts: 1 }],
        declines: [{ category: "funds_limit", codes: [{ code: "insufficient_funds" }] }],
      });
      const [refused_now, paid_now] = (await attempts()).filter(({ id }) =>
        [refused.id, paid.id].includes(id),
      );
      expect(refused_now).toMatchObject({ region_id, refusal: refused.refusal, approved_at: null });
      expect(paid_now).toMatchObject({ region_id, approved_at: expect.any(Date) });
      expect(await figures("from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z")).toMatchObject({
        attempts: 600,
        approved: 600,
      });
    });

    it.each([
      "period=1y",
      "from=yesterday",
      "to=2026-01-01T00:00:00Z",
      "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
      "from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
      "currency_code=euro",
      "time_zone=Mars/Olympus",
      "colour=red",
    ])("are 400 for %s", async (query) => {
      const { status } = await (await operator()).send("GET", `/admin/tender/payment-figures?${query}`);
      expect(status).toBe(400);
    });
  });

  describe("the list of attempts", () => {
    it("tells the refused one with its reason and the paid one with its order, newest first", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);

      const { payment_attempts } = await listed();
      expect(payment_attempts).toEqual([
        expect.objectContaining({
          status: "authorized",
          amount: 69.8,
          currency_code: "eur",
          region_id: running.store().region_id,
          decline: null,
          order: expect.objectContaining({ id: confirmed.body.order.id, email: "shopper@example.com" }),
        }),
        expect.objectContaining({
          status: "declined",
          decline: expect.objectContaining({ category: "funds_limit", network_code: "51" }),
          order: null,
          cart_id: shopper.cart_id,
        }),
      ]);
    });

    it("is found by order number, order, cart, e-mail address, attempt and reference", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
      await addAttempts(connection(), [addedAttempt({ gateway_reference: "ref_other_1" })]);
      const all = (await listed()).payment_attempts;
      const theirs = all.filter(({ cart_id }) => cart_id === shopper.cart_id).map(({ id }) => id);
      const paid = all.find(({ order }) => order !== null)!;
      expect(theirs).toHaveLength(2);

      const search = (text: string) => idsOf(`q=${encodeURIComponent(text)}`);
      expect(await search(`#${paid.order?.display_id}`)).toEqual(theirs);
      expect(await search(String(paid.order?.display_id))).toEqual(theirs);
      expect(await search(confirmed.body.order.id)).toEqual(theirs);
      expect(await search(shopper.cart_id)).toEqual(theirs);
      expect(await search(" Shopper@example.com ")).toEqual(theirs);
      expect(await search(paid.id)).toEqual([paid.id]);
      expect(await search(paid.gateway_reference!)).toEqual([paid.id]);
      expect(await search(paid.gateway_reference!.slice(0, -3))).toEqual([paid.id]);
      expect(await search("ref_other")).toHaveLength(1);
      expect(await search("ref%")).toEqual([]);
      expect(await search("nobody@example.com")).toEqual([]);
    });

    it("is filtered by status, provider, method, region, currency, reason, time and amount", async () => {
      const at = (day: number) => new Date(Date.UTC(2026, 4, day));
      const rows = [
        addedAttempt({ status: "captured", created_at: at(1), amount_minor: "1000" }),
        addedAttempt({ status: "canceled", refused: "risk", created_at: at(2), amount_minor: "2000" }),
        addedAttempt({ status: "canceled", created_at: at(3), amount_minor: "3000", method: "paypal" }),
        addedAttempt({ status: "failed", created_at: at(4), currency: "JPY", amount_minor: "3000" }),
        addedAttempt({ status: "unknown", created_at: at(5), provider_id: "pp_other", region_id: "reg_x" }),
      ];
      await addAttempts(connection(), rows);
      const [captured, refused, left, failed, unknown] = rows.map(({ id }) => id);

      expect(await idsOf("status=captured")).toEqual([captured]);
      expect(await idsOf("status=declined")).toEqual([refused]);
      expect(await idsOf("status=canceled")).toEqual([left]);
      expect(await idsOf("method=paypal")).toEqual([left]);
      expect(await idsOf("provider_id=pp_other")).toEqual([unknown]);
      expect(await idsOf("region_id=reg_x")).toEqual([unknown]);
      expect(await idsOf("currency_code=jpy")).toEqual([failed]);
      expect(await idsOf("decline_category=risk")).toEqual([refused]);
      expect(await idsOf("from=2026-05-02T00:00:00Z&to=2026-05-04T00:00:00Z")).toEqual([left, refused]);
      expect(await idsOf("currency_code=eur&amount_min=20&amount_max=30.00")).toEqual([left, refused]);
      expect(await idsOf("currency_code=jpy&amount_min=3000&amount_max=3000")).toEqual([failed]);
    });

    it("is read page by page, on and back, whatever comes in meanwhile", async () => {
      // Several at the same moment: their ids decide.
      const made = Array.from({ length: 7 }, (_, at) =>
        addedAttempt({ created_at: new Date(Date.UTC(2026, 4, 1 + Math.floor(at / 3))) }),
      );
      await addAttempts(connection(), made);
      const whole = await idsOf("limit=100");
      expect(whole).toHaveLength(7);

      const first = await listed("limit=3");
      expect(first.previous_cursor).toBeNull();
      await addAttempts(connection(), [addedAttempt({ created_at: new Date() })]);
      const second = await listed(`limit=3&cursor=${first.next_cursor}`);
      const third = await listed(`limit=3&cursor=${second.next_cursor}`);
      expect(third.next_cursor).toBeNull();
      const ids = [first, second, third].flatMap((page) => page.payment_attempts.map(({ id }) => id));
      expect(ids).toEqual(whole);

      const back = await listed(`limit=3&cursor=${third.previous_cursor}`);
      expect(back.payment_attempts).toEqual(second.payment_attempts);
      const start = await listed(`limit=3&cursor=${back.previous_cursor}`);
      expect(start.payment_attempts).toEqual(first.payment_attempts);
      // The one that came in is before them.
      const newest = await listed(`limit=3&cursor=${start.previous_cursor}`);
      expect(newest.payment_attempts).toHaveLength(1);
      expect(newest.previous_cursor).toBeNull();
      expect(await idsOf(`limit=3&cursor=${newest.next_cursor}`)).toEqual(ids.slice(0, 3));
    });

    it.each([
      "status=paid",
      "limit=0",
      "limit=101",
      "offset=10",
      "cursor=payatt_1",
      "cursor=next:1:drop table",
      "amount_min=5",
      "currency_code=eur&amount_min=-5",
      "currency_code=zzz&amount_min=5",
      "decline_category=sadness",
      "from=today",
      "q=",
    ])("is 400 for %s", async (query) => {
      const { status } = await (await operator()).send("GET", `/admin/tender/payment-attempts?${query}`);
      expect(status).toBe(400);
    });
  });

  describe("the file of attempts", () => {
    async function file(query = "") {
      const answer = await (await operator()).download(`/admin/tender/payment-attempts.csv?${query}`);
      return { answer, lines: (await answer.text()).trimEnd().split("\r\n") };
    }

    it("holds every attempt that fits, however many, with its columns named", async () => {
      await connection().raw(`
        insert into tender_payment_attempt
               (id, sequence, payment_collection_id, provider_id, method, amount_minor, currency, status, client, created_at)
        select 'payatt_many_' || n, 1, 'pay_col_many_' || n, 'pp_sandbox_a', 'card', n::text, 'EUR', 'captured', '{}',
               now() - n * interval '1 second'
          from generate_series(1, 2300) n`);
      const { answer, lines } = await file("provider_id=pp_sandbox_a");
      expect(answer.headers.get("content-type")).toMatch(/^text\/csv; ?charset=utf-8/);
      expect(answer.headers.get("content-disposition")).toContain("payment-attempts.csv");
      expect(lines).toHaveLength(2301);
      expect(lines[0]).toMatch(/^created_at,id,status,/);
      expect(new Set(lines).size).toBe(2301);
      expect(lines[1]).toContain("payatt_many_1,captured,pp_sandbox_a,card,,0.01,eur");
      expect((await file("provider_id=pp_nobody")).lines).toHaveLength(1);
    });

    it("holds no cell that a spreadsheet would carry out", async () => {
      const cells = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "a,b"];
      await addAttempts(
        connection(),
        cells.map((gateway_reference, at) =>
          addedAttempt({ gateway_reference, created_at: new Date(Date.UTC(2026, 4, 28 - at)) }),
        ),
      );
      const { lines } = await file();
      const text = lines.join("\n");
      for (const cell of ["'=1+1", "'+1", "'-1", "'@SUM(A1)", `"'=HYPERLINK(""http://x"",""y"")"`, '"a,b"']) {
        expect(text).toContain(`,${cell},`);
      }
      expect(text).not.toMatch(/(^|,)"?[=+\-@]/m);
    });

    it.each(["limit=5", "status=paid", "amount_max=5"])("is 400 for %s", async (query) => {
      const { answer } = await file(query);
      expect(answer.status).toBe(400);
    });
  });

  describe("one attempt", () => {
    async function attempt(id: string, locale = "en"): Promise<AdminPaymentAttemptDetail> {
      const { body } = await (
        await operator()
      ).send("GET", `/admin/tender/payment-attempts/${id}?locale=${locale}`);
      return body.payment_attempt;
    }

    it("tells what happened to it in the order of time: calls, the refusal, findings, operators", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      await shopper.pay("pp_sandbox_a:card", APPROVES);
      const refused = (await listed("status=declined")).payment_attempts[0]!;
      const tender = tenderModule(running.container());
      await tender.openFinding({
        kind: "card_testing",
        attempt_id: refused.id,
        provider_id: refused.provider_id,
        detail: "Looks like card testing.",
      });
      await tender.changes.add({ actor_id: "user_1", action: "attempt.read", subject: refused.id });
      const [finding] = (await tender.attempt_history.findings(refused.id)).slice(-1);
      await tender.changes.add({
        actor_id: "user_1",
        action: "finding.mark_resolved",
        subject: finding!.id,
      });

      const told = await attempt(refused.id);
      const types = told.timeline.map(({ type }) => type);
      expect(types.slice(0, 4)).toEqual(["begun", "operation", "operation", "refused"]);
      expect(types).toEqual(expect.arrayContaining(["finding_opened", "changed"]));
      expect(told.timeline.flatMap((event) => (event.type === "changed" ? [event.action] : []))).toEqual([
        "attempt.read",
        "finding.mark_resolved",
      ]);
      const times = told.timeline.map(({ at }) => at);
      expect(times).toEqual([...times].sort());
      expect(told.timeline[3]).toMatchObject({
        decline: { category: "funds_limit", code: "insufficient_funds" },
        recovery: { action: "choose_another_method" },
      });
      expect(told.attempts_of_cart.map(({ status }) => status)).toEqual(["declined", "authorized"]);
      expect(JSON.stringify(told)).not.toContain(NO_FUNDS);
      const arabic = (await attempt(refused.id, "ar")).timeline.find(({ type }) => type === "finding_opened");
      expect(JSON.stringify(arabic)).toMatch(/[\u0600-\u06ff]/);
    });

    it("tells its webhooks and the order it became", async () => {
      const shopper = await running.shopper();
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
      const [paid] = (await listed()).payment_attempts;
      await tenderModule(running.container()).webhooks.add([
        {
          provider_id: "pp_sandbox_a",
          event_id: "evt_1",
          type: "payment.updated",
          reference: paid!.gateway_reference,
          payload: "{}",
        },
        { provider_id: "pp_sandbox_a", event_id: "evt_2", type: "other", reference: "ref_x", payload: "{}" },
      ]);
      const told = await attempt(paid!.id);
      const webhooks = told.timeline.flatMap((event) => (event.type === "webhook" ? [event.webhook] : []));
      expect(webhooks.some(({ event_type }) => event_type === "payment.updated")).toBe(true);
      expect(webhooks.some(({ event_type }) => event_type === "other")).toBe(false);
      expect(told.timeline).toContainEqual(
        expect.objectContaining({
          type: "order_placed",
          order: expect.objectContaining({ id: confirmed.body.order.id }),
        }),
      );
      expect(told.timeline.map(({ type }) => type)).toContain("approved");
    });

    it("that nobody knows is 404, and a language nobody speaks 400", async () => {
      const admin = await operator();
      expect((await admin.send("GET", "/admin/tender/payment-attempts/payatt_none")).status).toBe(404);
      expect((await admin.send("GET", "/admin/tender/payment-attempts/payatt_none?locale=xx")).status).toBe(
        400,
      );
    });
  });

  const connection = () => running.container().resolve("__pg_connection__");

  async function statuses() {
    const rows: { status: string }[] = await connection()("tender_payment_attempt").select("status");
    return { attempts: rows.map(({ status }) => status) };
  }
});
