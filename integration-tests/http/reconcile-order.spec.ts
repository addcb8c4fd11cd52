import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { makeDue } from "../support/journal";
import { paidOrder } from "../support/paid-order";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  it("looks at what holds money before what shoppers left unpaid, however long that has been due", async () => {
    const attempts = () => running.container().resolve("__pg_connection__")("tender_payment_attempt");
    await (await running.shopper()).start("pp_sandbox_a:card");
    await (await running.shopper()).pay("pp_sandbox_b:card", "4000000000000002");
    const recent = (await (await running.shopper()).start("pp_sandbox_a:card")).body.payment_attempt.id;
    const { attempt_id: paid } = await paidOrder(running);
    await attempts()
      .whereNotIn("id", [recent, paid])
      .update({ updated_at: new Date(0) });
    await makeDue(running.container());
    await attempts().where({ id: paid }).update({ next_check_at: new Date() });

    const { queue } = tenderModule(running.container());
    const taken = async (limit: number) =>
      (await queue.take(limit)).map(({ attempt }) => attempt.status).sort();
    expect(await taken(3)).toEqual(["authorized", "ready", "released"]);
    expect(await taken(10)).toEqual(["declined", "ready"]);
  });
});
