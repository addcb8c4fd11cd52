import { DECLINE_CATEGORIES } from "../../../gateway/declines";
import { declineOfIssue, declineOfMove } from "../declines";
import { MOVE_ISSUES } from "../move-issues";
import { CATEGORY_OF_ISSUE } from "../order-issues";
import { RESPONSES } from "../processor-codes";
import { issuesOf } from "./specification";

const ORDERS = "checkout_orders_v2.json";
const PAYMENTS = "payments_payment_v2.json";

describe("PayPal's issues, by PayPal's own specification,", () => {
  it.each([
    ["POST /v2/checkout/orders", 100],
    ["GET /v2/checkout/orders/{id}", 2],
    ["PATCH /v2/checkout/orders/{id}", 45],
    ["POST /v2/checkout/orders/{id}/confirm-payment-source", 60],
    ["POST /v2/checkout/orders/{id}/authorize", 70],
    ["POST /v2/checkout/orders/{id}/capture", 70],
  ])("have a category each where %s can be refused with them", (operation, at_least) => {
    const issues = issuesOf(ORDERS, operation);
    expect(issues.length).toBeGreaterThanOrEqual(at_least);
    expect(issues.filter((issue) => !Object.hasOwn(CATEGORY_OF_ISSUE, issue))).toEqual([]);
  });

  it.each([
    ["GET /v2/payments/authorizations/{authorization_id}", 2],
    ["POST /v2/payments/authorizations/{authorization_id}/capture", 20],
    ["POST /v2/payments/authorizations/{authorization_id}/reauthorize", 15],
    ["POST /v2/payments/authorizations/{authorization_id}/void", 6],
    ["GET /v2/payments/captures/{capture_id}", 2],
    ["POST /v2/payments/captures/{capture_id}/refund", 30],
    ["GET /v2/payments/refunds/{refund_id}", 2],
  ])("have an error each where %s can be refused with them", (operation, at_least) => {
    const issues = issuesOf(PAYMENTS, operation);
    expect(issues.length).toBeGreaterThanOrEqual(at_least);
    expect(issues.filter((issue) => !Object.hasOwn(MOVE_ISSUES, issue))).toEqual([]);
  });

  it.each([
    ["instrument_unusable", "INSTRUMENT_DECLINED"],
    ["instrument_unusable", "CARD_EXPIRED"],
    ["authenticate", "PAYER_ACTION_REQUIRED"],
    ["never", "PAYER_CANNOT_PAY"],
    ["never", "PAYER_ACCOUNT_RESTRICTED"],
    ["issuer_generic", "TRANSACTION_REFUSED"],
    ["funds_limit", "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED"],
    ["fix_data", "INVALID_EXPIRY_DATE"],
    ["unsupported_here", "CARD_BRAND_NOT_SUPPORTED"],
    ["unsupported_here", "CURRENCY_NOT_SUPPORTED_FOR_CARD_TYPE"],
    ["risk", "PAYEE_BLOCKED_TRANSACTION"],
    ["compliance", "COMPLIANCE_VIOLATION"],
    ["merchant_config", "PAYEE_ACCOUNT_RESTRICTED"],
    ["merchant_config", "NOT_ENABLED_FOR_APPLE_PAY"],
    ["reconcile", "DUPLICATE_INVOICE_ID"],
    ["session_expired", "ORDER_EXPIRED"],
    ["unclassified", "AN_ISSUE_OF_NEXT_YEAR"],
    ["unclassified", "constructor"],
    ["unclassified", ""],
  ])("reach %s with %s", (category, issue) => {
    expect(declineOfIssue(issue)).toEqual({ category, code: issue });
  });
});

describe("what a card's processor says", () => {
  it.each([
    ["funds_limit", "5120"],
    ["issuer_refused", "0500"],
    ["instrument_unusable", "5400"],
    ["fix_data", "00N7"],
    ["never", "9520"],
    ["risk", "9500"],
    ["authenticate", "5650"],
    ["issuer_transient", "9100"],
    ["provider_transient", "8220"],
    ["unclassified", "ZZZZ"],
    ["unclassified", "toString"],
  ])("reaches %s with %s", (category, responseCode) => {
    expect(declineOfMove({ status: "DENIED", processorResponse: { responseCode } })).toEqual({
      category,
      code: responseCode,
    });
  });

  it("carries the networks' advice where it says something, and nothing else", () => {
    const advised = (paymentAdviceCode: string) =>
      declineOfMove({ status: "DENIED", processorResponse: { responseCode: "5100", paymentAdviceCode } });
    expect(advised("03").advice_code).toBe("03");
    expect(advised("24")).not.toHaveProperty("advice_code");
    expect(advised("constructor")).not.toHaveProperty("advice_code");
  });

  it("gives way to PayPal's own risk filters", () => {
    const decline = declineOfMove({
      status: "DECLINED",
      statusDetails: { reason: "DECLINED_BY_RISK_FRAUD_FILTERS" },
      processorResponse: { responseCode: "0000" },
    });
    expect(decline).toEqual({ category: "risk", code: "DECLINED_BY_RISK_FRAUD_FILTERS" });
  });

  it("is not needed for a refusal", () => {
    expect(declineOfMove({ status: "DECLINED" })).toEqual({ category: "issuer_generic", code: "DECLINED" });
  });
});

it("every row names a category of the contract", () => {
  const categories = [
    ...Object.values(CATEGORY_OF_ISSUE),
    ...Object.values(RESPONSES).map(([category]) => category),
  ];
  expect(categories.filter((category) => !DECLINE_CATEGORIES.includes(category))).toEqual([]);
});
