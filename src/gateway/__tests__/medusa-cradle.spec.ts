import type { AttemptRecord } from "../journal";
import { MedusaCradle } from "../medusa-cradle";
import { money } from "../money";

type Row = Readonly<{ id: string; amount: number; raw_amount: { value: string } }>;

const row = (id: string, value: string): Row => ({ id, amount: Number(value), raw_amount: { value } });

/** Medusa's payment of the attempt's session, with what was captured and refunded of it. */
function cradleWith(payment: string, captures: readonly Row[], refunds: readonly Row[] = []): MedusaCradle {
  const paymentService = { list: async () => [{ ...row("pay", payment), captures, refunds }] };
  const captureService = { retrieve: async (id: string) => captures.find((capture) => capture.id === id) };
  return new MedusaCradle({ paymentService, captureService }, "pp_acme_main");
}

const attemptOf = (currency: string) =>
  ({ payment_session_id: "payses_1", amount: money(1n, currency) }) as AttemptRecord;

describe("what Medusa asks to capture or refund", () => {
  it.each([
    ["JPY", "100", 100n],
    ["EUR", "10.01", 1_001n],
    ["EUR", String(0.1 + 0.2), 30n],
    ["EUR", String(69.8 - 20), 4_980n],
    ["KWD", "1.234", 1_234n],
  ])("is as much in %s as it says: %s", async (currency, value, amount_minor) => {
    const cradle = cradleWith("500", [row("capt_1", value)]);
    const amount = { amount_minor, currency };
    expect(await cradle.captureAmount("capt_1", attemptOf(currency))).toEqual(amount);
    expect(await cradle.moveAmount("refund", "ref_1", { value }, attemptOf(currency))).toEqual(amount);
  });

  it.each([
    ["JPY", "100.5", "1"],
    ["EUR", "10.005", "0.01"],
    ["EUR", "10.0001", "0.01"],
    ["KWD", "1.2345", "0.001"],
  ])("is refused in %s when it has a fraction: %s", async (currency, value, smallest) => {
    const cradle = cradleWith("500", [row("capt_1", value)]);
    const refused = { type: "invalid_data", message: expect.stringContaining(`${value} ${currency}`) };
    await expect(cradle.captureAmount("capt_1", attemptOf(currency))).rejects.toMatchObject(refused);
    const captured = cradleWith("500", [row("capt_1", "500")]);
    await expect(captured.moveAmount("refund", "ref_1", value, attemptOf(currency))).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringContaining(`the smallest amount of ${currency} is ${smallest}`),
    });
  });

  it("may have the fraction that Medusa reckoned the payment with: all of it, or the rest", async () => {
    const yen = attemptOf("JPY");
    const whole = cradleWith("1000.4", [row("capt_1", "1000.4")], [row("ref_1", "1000.4")]);
    expect(await whole.captureAmount("capt_1", yen)).toEqual(money(1_000n, "JPY"));
    expect(await whole.moveAmount("refund", "ref_1", "1000.4", yen)).toEqual(money(1_000n, "JPY"));
    const parts = cradleWith("1000.4", [row("capt_1", "400"), row("capt_2", "600.4")], [row("ref_1", "300")]);
    expect(await parts.captureAmount("capt_2", yen)).toEqual(money(600n, "JPY"));
    expect(await parts.moveAmount("refund", "ref_2", String(1000.4 - 300), yen)).toEqual(money(700n, "JPY"));
    await expect(parts.moveAmount("refund", "ref_2", "700.3", yen)).rejects.toMatchObject({
      type: "invalid_data",
    });
  });

  it("may have a fraction that a float cut short", async () => {
    const exact = "33.333333333333333333";
    const cradle = cradleWith(exact, [{ ...row("capt_1", String(Number(exact))) }]);
    expect(await cradle.captureAmount("capt_1", attemptOf("EUR"))).toEqual(money(3_333n, "EUR"));
  });
});
