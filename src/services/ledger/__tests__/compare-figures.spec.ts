import { holdsMoney } from "../../../gateway/holdings";
import type { PaymentSnapshot } from "../../../gateway/outcomes";
import {
  compareFigures,
  differenceInWords,
  type MedusaFigures,
  type TenderFigures,
} from "../compare-figures";

const eur = (amount_minor: bigint) => ({ amount_minor, currency: "EUR" });
const NONE = eur(0n);

function gateway(change: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  return {
    reference: "ref",
    status: "authorized",
    amount: eur(1000n),
    authorized: eur(1000n),
    captured: NONE,
    refunded: NONE,
    ...change,
  };
}

function tender(change: Partial<TenderFigures> = {}): TenderFigures {
  return {
    attempt_id: "payatt_1",
    provider_id: "pp_a_1",
    status: "authorized",
    amount: eur(1000n),
    captured: NONE,
    refunded: NONE,
    ...change,
  };
}

const medusa = (change: Partial<MedusaFigures> = {}): MedusaFigures => ({
  amount: eur(1000n),
  captured: NONE,
  refunded: NONE,
  ...change,
});

const said = (...figures: Parameters<typeof compareFigures>) =>
  compareFigures(...figures).map((difference) =>
    differenceInWords(difference).replace("payatt_1 pp_a_1 ", ""),
  );

type Case = [name: string, ...figures: Parameters<typeof compareFigures>];

describe("figures that agree", () => {
  it.each<Case>([
    ["an authorization", gateway(), medusa(), tender()],
    [
      "a part captured and a part of that refunded",
      gateway({ captured: eur(400n), refunded: eur(1n) }),
      medusa({ captured: eur(400n), refunded: eur(1n) }),
      tender({ captured: eur(400n), refunded: eur(1n) }),
    ],
    [
      "a capture after which the gateway reports no reservation any more",
      gateway({ status: "captured", authorized: NONE, captured: eur(1000n) }),
      medusa({ captured: eur(1000n) }),
      tender({ status: "captured", captured: eur(1000n) }),
    ],
    [
      "a payment nobody paid",
      gateway({ status: "requires_confirmation", authorized: NONE }),
      null,
      tender({ status: "ready" }),
    ],
    [
      "a canceled one whose gateway still tells what was reserved",
      gateway({ status: "canceled" }),
      null,
      tender({ status: "canceled" }),
    ],
    [
      "late money that was taken and given back",
      gateway({ status: "captured", captured: eur(1000n), refunded: eur(1000n) }),
      null,
      tender({ status: "canceled", refunded: eur(1000n) }),
    ],
  ])("%s", (_name, ...figures) => {
    expect(compareFigures(...figures)).toEqual([]);
  });
});

describe("figures that differ", () => {
  it.each([
    [
      "a cent more captured at the gateway",
      gateway({ captured: eur(401n) }),
      medusa({ captured: eur(400n) }),
      tender({ captured: eur(400n) }),
      ["captured: gateway 4.01 EUR, Medusa 4.00 EUR, Tender 4.00 EUR"],
    ],
    [
      "another currency",
      gateway({ amount: { amount_minor: 1000n, currency: "JPY" } }),
      medusa(),
      tender(),
      ["amount: gateway 1000 JPY, Medusa 10.00 EUR, Tender 10.00 EUR"],
    ],
    [
      "an authorization Medusa has no payment for",
      gateway(),
      null,
      tender(),
      ["authorized: gateway 10.00 EUR, Medusa none, Tender 10.00 EUR"],
    ],
    [
      "a lapsed authorization",
      gateway({ status: "canceled" }),
      medusa(),
      tender(),
      [
        "authorized: gateway 0.00 EUR, Medusa 10.00 EUR, Tender 10.00 EUR",
        "status: gateway canceled, Medusa authorized, Tender authorized",
      ],
    ],
    [
      "a payment of Medusa's that Tender gave up",
      gateway({ status: "canceled" }),
      medusa(),
      tender({ status: "canceled" }),
      ["authorized: gateway 0.00 EUR, Medusa 10.00 EUR, Tender 0.00 EUR"],
    ],
    [
      "money held for an unknown attempt",
      gateway(),
      null,
      tender({ status: "unknown" }),
      ["authorized: gateway 10.00 EUR, Medusa none, Tender 0.00 EUR"],
    ],
    [
      "money kept of a canceled one",
      gateway({ status: "captured", captured: eur(1000n), refunded: eur(999n) }),
      null,
      tender({ status: "canceled", refunded: eur(999n) }),
      ["captured: gateway 0.01 EUR, Medusa none, Tender 0.00 EUR"],
    ],
  ])("%s", (_name, of_gateway, of_medusa, of_tender, differences) => {
    expect(said(of_gateway, of_medusa, of_tender)).toEqual(differences);
  });
});

describe("a payment that is", () => {
  it.each([
    ["authorized", true, gateway()],
    ["captured in part", true, gateway({ captured: eur(400n) })],
    [
      "captured and refunded",
      false,
      gateway({ status: "captured", captured: eur(1000n), refunded: eur(1000n) }),
    ],
    [
      "refunded but for a cent",
      true,
      gateway({ status: "captured", captured: eur(1000n), refunded: eur(999n) }),
    ],
    ["canceled", false, gateway({ status: "canceled" })],
    ["declined", false, gateway({ status: "declined", authorized: NONE })],
  ])("%s: that it holds money is %p", (_name, holds, snapshot) => {
    expect(holdsMoney(snapshot)).toBe(holds);
  });
});
