import assert from "node:assert/strict";
import { isGatewayError, money, moneyFromDecimal, type GatewayCapabilities, type Money } from "../../gateway";
import { assertMoved, rejection } from "./expect";
import {
  promiseIf,
  takesCurrency,
  type ConformanceContext,
  type ConformancePromise,
  type ConformanceTheme,
} from "./promise";

/** Decimals as Medusa has them, and the count of minor units the service must see. */
const CASES = [
  { currency: "EUR", decimal: "12.34", minor: 1_234n, about: "two decimals" },
  {
    currency: "EUR",
    decimal: "2.675",
    minor: 268n,
    about: "half a cent, rounded up (medusajs/medusa#8733)",
  },
  {
    currency: "EUR",
    decimal: "98.9009",
    minor: 9_890n,
    about: "more decimals than the currency has (medusajs/medusa#12789, #14411)",
  },
  { currency: "EUR", decimal: 0.1 + 0.2, minor: 30n, about: "a float that is not what it says" },
  { currency: "EUR", decimal: "0.01", minor: 1n, about: "the smallest coin" },
  { currency: "JPY", decimal: "1000", minor: 1_000n, about: "no decimals" },
  { currency: "JPY", decimal: "1000.5", minor: 1_001n, about: "a fraction of what has no fractions" },
  { currency: "KRW", decimal: "15000", minor: 15_000n, about: "no decimals" },
  { currency: "KWD", decimal: "12.345", minor: 12_345n, about: "three decimals" },
  { currency: "KWD", decimal: "0.001", minor: 1n, about: "the smallest coin of three decimals" },
] as const;

/** What an operator may ask for by mistake: there is no such amount. */
const FRACTIONS = [
  { amount: money(1_000n, "JPY"), fraction: "100.5" },
  { amount: money(10_000n, "EUR"), fraction: "10.005" },
  { amount: money(12_345n, "KWD"), fraction: "1.2345" },
] as const;

/** What Medusa writes in decimals reaches the service as the right integer. */
export const currencies: ConformanceTheme = {
  title: "currencies",
  promises: [
    ...CASES.map(arrivesExactly),
    ...[money(1_000n, "JPY"), money(1_234n, "EUR"), money(12_345n, "KWD")].map(movesExactly),
    ...FRACTIONS.map(isNotRounded),
    promiseIf(
      takesCurrency("EUR"),
      "an amount that no float can hold is exact to the cent",
      async (context) => {
        const store = context.shop({ capture: context.claims.capture[0] });
        const amount = money(900_719_925_474_099_3n, "EUR");
        if (!isWithinLimits(store.gateway.capabilities, amount)) {
          return;
        }
        const payment = await store.pay({ amount });
        await store.medusa.capturePayment(payment.id);
        await store.medusa.refundPayment(payment.id);
        const exact = amount.amount_minor;
        assertMoved(await store.row(payment), {
          authorized_minor: exact,
          captured_minor: exact,
          refunded_minor: exact,
        });
      },
    ),
  ],
};

function arrivesExactly({ currency, decimal, minor, about }: (typeof CASES)[number]): ConformancePromise {
  return promiseIf(
    takesCurrency(currency),
    `${decimal} ${currency} (${about}) arrives as ${minor}`,
    async (context) => {
      const store = context.shop();
      if (!isWithinLimits(store.gateway.capabilities, money(minor, currency))) {
        return;
      }
      const made = await unlessTooFine(context, currency, () =>
        store.provider.initiatePayment({
          amount: decimal,
          currency_code: currency.toLowerCase(),
          data: { method: store.method },
          context: { idempotency_key: "payses_currency" },
        }),
      );
      if (!made?.data) {
        return;
      }
      const session = { data: made.data };
      const { id, amount, gateway_reference } = await store.attempt(session);
      assert.deepEqual(amount, moneyFromDecimal(decimal, currency));
      await context.samples.approve.before?.(String(gateway_reference));
      await store.provider.attempts.confirm(id, { data: context.samples.approve.data });
      const row = await store.row(session);
      assert.equal(row.currency, currency);
      assertMoved(row, { authorized_minor: minor });
    },
  );
}

function movesExactly(amount: Money): ConformancePromise {
  const { amount_minor, currency } = amount;
  return promiseIf(
    takesCurrency(currency),
    `captures and refunds ${amount_minor} minor units of ${currency} exactly`,
    async (context) => {
      const store = context.shop({ capture: context.claims.capture[0] });
      const payment = await unlessTooFine(context, currency, () => store.pay({ amount }));
      if (!payment) {
        return;
      }
      await store.medusa.capturePayment(payment.id);
      assertMoved(await store.row(payment), { authorized_minor: amount_minor, captured_minor: amount_minor });
      if (context.claims.partial_refund) {
        await store.medusa.refundPayment(payment.id, money(1n, currency));
        assertMoved(await store.row(payment), { refunded_minor: 1n });
        await store.medusa.refundPayment(payment.id, money(amount_minor - 1n, currency));
      } else {
        await store.medusa.refundPayment(payment.id);
      }
      assertMoved(await store.row(payment), { refunded_minor: amount_minor });
    },
  );
}

function isNotRounded({ amount, fraction }: (typeof FRACTIONS)[number]): ConformancePromise {
  const { amount_minor, currency } = amount;
  return promiseIf(
    takesCurrency(currency),
    `an operator who asks to capture or refund ${fraction} ${currency} is refused, and nothing is moved`,
    async (context) => {
      const store = context.shop({ capture: context.claims.capture[0] });
      const payment = await unlessTooFine(context, currency, () => store.pay({ amount }));
      if (!payment) {
        return;
      }
      const refused = async (asked: Promise<unknown>, what: string) => {
        const error = await rejection(asked, what);
        assert.ok(
          error instanceof Error && error.message.includes(fraction),
          `${what} says why: ${String(error)}`,
        );
      };
      if (context.claims.capture[0] === "manual") {
        await refused(store.medusa.capturePayment(payment.id, fraction), "a capture of a fraction");
        assertMoved(await store.row(payment), { captured_minor: 0n });
        await store.medusa.capturePayment(payment.id);
      }
      assertMoved(await store.row(payment), { captured_minor: amount_minor });
      if (context.claims.partial_refund) {
        await refused(store.medusa.refundPayment(payment.id, fraction), "a refund of a fraction");
        assertMoved(await store.row(payment), { refunded_minor: 0n });
        await store.medusa.refundPayment(payment.id);
        assertMoved(await store.row(payment), { refunded_minor: amount_minor });
      }
    },
  );
}

/** What a gateway declares too small or too large never arrives; another promise sees to it that it is refused. */
function isWithinLimits({ limits }: GatewayCapabilities, { amount_minor, currency }: Money): boolean {
  const { min_minor, max_minor } = limits?.[currency] ?? {};
  return (
    (min_minor === undefined || amount_minor >= min_minor) &&
    (max_minor === undefined || amount_minor <= max_minor)
  );
}

/** A service with coarser steps may refuse an odd amount before anything is made; it may not round it. */
async function unlessTooFine<T>(
  { claims }: ConformanceContext,
  currency: string,
  make: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (
      claims.coarse_currencies?.includes(currency) &&
      isGatewayError(error) &&
      error.kind === "unavailable"
    ) {
      return undefined;
    }
    throw error;
  }
}
