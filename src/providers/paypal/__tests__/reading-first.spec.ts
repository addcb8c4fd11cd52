import { permitsFallback } from "../../../gateway/errors";
import { money } from "../../../gateway/money";
import { call, errorOf, order, ORDER_ID, Stub, type Answer } from "./support";

const TEN_EUROS = money(1000n, "EUR");
const SAVED = { saved_method_id: "8kk8451t" };

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
afterAll(() => stub.stop());

const confirm = (data?: unknown, context = call()) =>
  stub.gateway().confirmPayment(ORDER_ID, { method: "paypal", amount: TEN_EUROS, data }, context);

describe("a read that comes before anything is asked for, without an answer, says that nothing was done:", () => {
  it.each<[string, Answer]>([
    ["a failure of PayPal's", { status: 500, body: {} }],
    ["a proxy's page", { status: 503, body: "<html>Unavailable</html>" }],
    ["a cut connection", "reset"],
    ["an answer nobody can read", { body: { id: 7 } }],
  ])("%s", async (_, answer) => {
    stub.answersWith(answer);
    expect(permitsFallback(await errorOf(confirm()))).toBe(true);
    for (const move of ["capturePayment", "refundPayment"] as const) {
      const error = await errorOf(stub.gateway()[move](ORDER_ID, TEN_EUROS, call()));
      expect(error).toMatchObject({ kind: "unavailable", message: expect.stringContaining("PayPal") });
    }
    stub.answersWith({ body: order() }, answer);
    expect(permitsFallback(await errorOf(confirm(SAVED)))).toBe(true);
    expect(stub.asked.filter((asked) => !asked.startsWith("GET"))).toEqual([]);
  });

  it("time that is over", async () => {
    stub.answersWith("silence");
    const patience = new AbortController();
    const confirmed = errorOf(confirm(undefined, { idempotency_key: "silence", signal: patience.signal }));
    await stub.reached();
    patience.abort();
    expect(await confirmed).toMatchObject({ kind: "unavailable" });
  });
});
