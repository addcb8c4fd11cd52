import { OutcomeUnknown } from "../../src/gateway";
import { RECHECK_MS } from "../../src/services/reconcile/schedule";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { attemptsOf, findingsAbout, makeDue, openFindings, operationsOf } from "../support/journal";
import { APPROVES, reconcilerOf } from "../support/reconciler";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const in_a_year = () => new Date(Date.now() + 365 * 86_400_000);

/** What the reconciler looks at, how often, and what it does where looking does not help. */
withRunningStore((running) => {
  const { age, atBank, knex, lastAtBank, lostAnswer, orders, pass } = reconcilerOf(running);

  /** Every look at a payment fails. */
  const bankUnreadable = () =>
    jest
      .spyOn(findGateway(running.container(), "pp_sandbox_a")!.attempts, "observe")
      .mockRejectedValue(new OutcomeUnknown("The bank's answer was lost."));

  it("cancels at the gateway what an abandoned checkout left unpaid", async () => {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:bank_redirect");
    await shopper.confirm(body.payment_attempt.id);
    const { reference } = await lastAtBank();
    await age(25 * 3_600_000);
    await pass();
    expect(await atBank(reference)).toMatchObject({ status: "canceled" });
    expect(await attemptsOf(running.container(), shopper.cart_id)).toMatchObject([{ status: "canceled" }]);
  });

  it("cancels at the gateway what was refused and left, since another card could still pay it there", async () => {
    const shopper = await running.shopper();
    await shopper.pay("pp_sandbox_a:card", "4000000000000002");
    const { reference } = await lastAtBank();
    await age(25 * 3_600_000);
    await pass();
    expect(await atBank(reference)).toMatchObject({ status: "canceled" });
    const attempts = await attemptsOf(running.container(), shopper.cart_id);
    expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => "canceled"));
    expect(await openFindings(running.container())).toEqual([]);
  });

  /** A checkout left at the bank's page, whose bank could not be reached when it was to be canceled. */
  async function abandonedUnreachable(looks: number): Promise<{ attempt_id: string; reference: string }> {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:bank_redirect");
    const attempt_id: string = body.payment_attempt.id;
    await shopper.confirm(attempt_id);
    const { reference } = await lastAtBank();
    await age(25 * 3_600_000);
    await knex()("tender_payment_attempt").where({ id: attempt_id }).update({ checks: looks });
    const unreadable = bankUnreadable();
    await pass();
    unreadable.mockRestore();
    return { attempt_id, reference };
  }

  it("cancels an abandoned payment later when the bank could not be reached at first", async () => {
    const { attempt_id, reference } = await abandonedUnreachable(3);
    expect(await atBank(reference)).toMatchObject({ status: "action_required" });
    await pass();
    expect(await atBank(reference)).toMatchObject({ status: "canceled", captured_minor: 0 });
    expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
  });

  it("leaves a finding for an abandoned payment that could not be canceled in the whole schedule", async () => {
    const { attempt_id } = await abandonedUnreachable(3 + RECHECK_MS.length);
    expect(await findingsAbout(running.container(), attempt_id)).toEqual(["outcome_unknown"]);
  });

  it("looks at an operation once more when the server stopped at the last look of its schedule", async () => {
    const { attempt_id } = await lostAnswer();
    bankUnreadable();
    await knex()("tender_payment_operation")
      .where({ attempt_id })
      .update({ checks: RECHECK_MS.length - 1 });
    await makeDue(running.container());
    const taken = await tenderModule(running.container()).operations.takeDue(10);
    expect(taken).toMatchObject([{ attempt_id, last: true }]);
    await pass();
    expect(await findingsAbout(running.container(), attempt_id)).toEqual(["outcome_unknown"]);
    expect(await tenderModule(running.container()).operations.takeDue(10, in_a_year())).toEqual([]);
  });

  it("widens the pauses between its looks at an operation, and looks no more at one that ended", async () => {
    const { operations } = tenderModule(running.container());
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:card");
    const attempt_id: string = body.payment_attempt.id;
    const opening = { attempt_id, kind: "authorize", amount: null, idempotency_key: "a_lost_one" } as const;
    const { id } = await operations.begin(opening);
    const row = () => knex()("tender_payment_operation").where({ id }).first();
    await makeDue(running.container());
    await operations.putBack((await operations.takeDue(1))[0]!, new Date(0));
    expect(await row()).toMatchObject({ checks: 1, next_check_at: new Date(RECHECK_MS[1]!) });
    const [again] = await operations.takeDue(1);
    await operations.end(id, { status: "succeeded" });
    await operations.putBack(again!);
    expect(await row()).toMatchObject({ checks: 2, next_check_at: null });
  });

  it("looks at payments in the same pass however many webhooks are waiting", async () => {
    const { attempt_id } = await lostAnswer();
    const backlog = {
      id: "payevt_of_a_backlog",
      provider_id: "pp_sandbox_a",
      event_id: "evt",
      type: "payment.updated",
      reference: null,
      status: "received" as const,
      tries: 1,
    };
    jest.spyOn(tenderModule(running.container()).webhooks, "takeDue").mockResolvedValue(backlog);
    await age(120_000);
    await makeDue(running.container());
    await reconcile(running.container(), 1_500);
    expect(await orders()).toHaveLength(1);
    expect(await findingsAbout(running.container(), attempt_id)).toEqual(["late_money_adopted"]);
  });

  it("gives back an authorization of less than was asked for, and says so", async () => {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:card");
    await running.bank().fault({ operation: "authorize", fault: "short_authorization", times: 1 });
    const confirmed = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
    expect(confirmed.body.type).toBe("pending");
    await pass();
    expect(await lastAtBank()).toMatchObject({ status: "canceled", captured_minor: 0 });
    expect(await orders()).toHaveLength(0);
    expect(await openFindings(running.container())).toContain("amount_mismatch");
  });

  it("leaves a finding when nobody can tell what came of a payment after the whole schedule", async () => {
    const { attempt_id } = await lostAnswer();
    bankUnreadable();
    await knex()("tender_payment_operation").where({ attempt_id }).update({ checks: 7 });
    await pass();
    expect(await findingsAbout(running.container(), attempt_id)).toEqual(["outcome_unknown"]);
    expect(await operationsOf(running.container(), (await lostCart(attempt_id))!)).toContainEqual(
      expect.objectContaining({ kind: "authorize", status: "unknown" }),
    );
  });

  async function lostCart(id: string): Promise<string | undefined> {
    return (await knex()("tender_payment_attempt").where({ id }).first("cart_id"))?.cart_id;
  }
});
