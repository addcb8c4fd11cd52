import { money } from "../../gateway";
import { paymentActions, type PaymentOnRecord } from "../payment-actions";

const eur = (minor: number) => money(BigInt(minor), "EUR");

const CAN_ALL = {
  capture: "manual",
  partial_capture: true,
  multiple_capture: true,
  partial_refund: true,
  void: true,
} as const;

const AUTHORIZED: PaymentOnRecord = {
  amount: eur(6_980),
  captured: eur(0),
  captures: 0,
  refunded: eur(0),
  is_canceled: false,
  attempt_status: "authorized",
  being_refunded: eur(0),
};
const PARTLY: PaymentOnRecord = {
  ...AUTHORIZED,
  captured: eur(2_000),
  captures: 1,
  attempt_status: "captured",
};

describe("what may be done about a payment", () => {
  it("is all of it while it is authorized, and nothing to refund", () => {
    expect(paymentActions(AUTHORIZED, CAN_ALL)).toMatchObject({
      capturable: eur(6_980),
      refundable: eur(0),
      voidable: eur(6_980),
    });
  });

  it("is the rest of a capture in part, and what was captured", () => {
    expect(paymentActions(PARTLY, CAN_ALL)).toMatchObject({
      capturable: eur(4_980),
      refundable: eur(2_000),
      voidable: eur(0),
    });
  });

  it("is no second capture where the gateway lets the rest go", () => {
    const can = { ...CAN_ALL, multiple_capture: false };
    expect(paymentActions(PARTLY, can).capturable).toEqual(eur(0));
  });

  it("is no capture where it is captured by itself", () => {
    expect(paymentActions(AUTHORIZED, { ...CAN_ALL, capture: "automatic" }).capturable).toEqual(eur(0));
  });

  it("leaves out what was refunded, and what people are refunding", () => {
    const payment = { ...PARTLY, refunded: eur(500), being_refunded: eur(700) };
    expect(paymentActions(payment, CAN_ALL).refundable).toEqual(eur(800));
    expect(paymentActions({ ...payment, refunded: eur(1_900) }, CAN_ALL).refundable).toEqual(eur(0));
  });

  it("is nothing but a refund while nobody knows where the rest is", () => {
    const lost = { ...PARTLY, attempt_status: "unknown" } as const;
    expect(paymentActions(lost, CAN_ALL)).toMatchObject({
      capturable: eur(0),
      refundable: eur(2_000),
      voidable: eur(0),
    });
  });

  it("is nothing once it is canceled", () => {
    expect(paymentActions({ ...AUTHORIZED, is_canceled: true }, CAN_ALL)).toMatchObject({
      capturable: eur(0),
      refundable: eur(0),
      voidable: eur(0),
    });
  });

  it("is no void where the gateway has none", () => {
    expect(paymentActions(AUTHORIZED, { ...CAN_ALL, void: false }).voidable).toEqual(eur(0));
  });
});
