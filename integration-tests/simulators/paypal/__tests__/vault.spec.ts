import { randomUUID } from "node:crypto";
import {
  CheckoutPaymentIntent,
  PaypalPaymentTokenUsageType,
  StoreInVaultInstruction,
  VaultCardVerificationMethod,
  VaultTokenRequestType,
  type OrderRequest,
} from "@paypal/paypal-server-sdk";
import { startPaypalSimulator, type PaypalSimulator } from "..";
import { capturedOrder, idOf, paypalOf, refusalOf, WHOLE, type Paypal } from "./support";

let simulator: PaypalSimulator;
let paypal: Paypal;

beforeAll(async () => {
  simulator = await startPaypalSimulator();
  paypal = paypalOf(simulator);
});

afterAll(() => simulator.stop());

describe("a payment method that is saved while paying", () => {
  it("pays later orders at once, without its payer", async () => {
    const { order_id } = await capturedOrder(paypal, simulator, savingWallet());
    const { result } = await paypal.orders.getOrder({ id: order_id });
    const vault = result.paymentSource?.paypal?.attributes?.vault;
    expect(vault).toMatchObject({ status: "VAULTED", customer: { id: "customer-1" } });
    const later = await orderOf({ paypal: { vaultId: idOf(vault) } });
    expect(later.result).toMatchObject({ status: "COMPLETED" });
    simulator.api.fundToken(idOf(vault), { kind: "refused", issue: "INSTRUMENT_DECLINED" });
    const declined = await refusalOf(orderOf({ paypal: { vaultId: idOf(vault) } }));
    expect(declined).toMatchObject({ status: 422, issue: "INSTRUMENT_DECLINED" });
    const { result: list } = await paypal.vault.listCustomerPaymentTokens({ customerId: "customer-1" });
    expect(list.paymentTokens).toMatchObject([{ id: vault?.id, customer: { id: "customer-1" } }]);
  });

  it("is of one kind, and gone when it is deleted", async () => {
    const { result } = await orderOf({
      card: {
        number: "4012888888881881",
        expiry: "2035-01",
        attributes: { vault: { storeInVault: StoreInVaultInstruction.OnSuccess } },
      },
    });
    const id = idOf(result.paymentSource?.card?.attributes?.vault);
    const mixed = await refusalOf(orderOf({ paypal: { vaultId: id } }));
    expect(mixed).toMatchObject({ status: 422, issue: "MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE" });
    expect((await orderOf({ card: { vaultId: id } })).result.status).toBe("COMPLETED");
    await paypal.vault.deletePaymentToken(id);
    expect((await refusalOf(paypal.vault.getPaymentToken(id))).status).toBe(404);
    expect((await refusalOf(orderOf({ card: { vaultId: id } }))).status).toBe(404);
    expect(simulator.api.events().at(-1)).toMatchObject({
      event_type: "VAULT.PAYMENT-TOKEN.DELETED",
      resource: { id },
    });
  });
});

describe("a payment method that is saved without paying", () => {
  it("waits for the payer of a wallet", async () => {
    const { result: setup } = await paypal.vault.createSetupToken({
      paypalRequestId: randomUUID(),
      body: {
        paymentSource: {
          paypal: {
            experienceContext: {
              returnUrl: "https://shop.example/back",
              cancelUrl: "https://shop.example/left",
            },
          },
        },
      },
    });
    expect(setup).toMatchObject({ status: "PAYER_ACTION_REQUIRED" });
    const early = await refusalOf(keep(idOf(setup)));
    expect(early.issue).toBe("PAYER_ACTION_REQUIRED");
    const approve = setup.links?.find(({ rel }) => rel === "approve")?.href ?? "";
    const answer = await fetch(approve, {
      method: "POST",
      body: new URLSearchParams({ decision: "approve" }),
      redirect: "manual",
    });
    expect(answer.headers.get("location")).toContain("https://shop.example/back?");
    const { result: token } = await keep(idOf(setup));
    expect((await orderOf({ paypal: { vaultId: idOf(token) } })).result.status).toBe("COMPLETED");
    expect((await refusalOf(keep(idOf(setup)))).issue).toBe("TOKEN_ALREADY_VAULTED");
  });

  it("waits for 3-D Secure of a card where that is asked for", async () => {
    const { result: setup } = await paypal.vault.createSetupToken({
      paypalRequestId: randomUUID(),
      body: {
        customer: { id: "customer-2" },
        paymentSource: {
          card: {
            number: "4868719460707704",
            expiry: "2035-01",
            verificationMethod: VaultCardVerificationMethod.ScaAlways,
          },
        },
      },
    });
    expect(setup.status).toBe("PAYER_ACTION_REQUIRED");
    simulator.api.approveSetup(idOf(setup));
    const { result: token } = await keep(idOf(setup));
    expect(token).toMatchObject({
      customer: { id: "customer-2" },
      paymentSource: { card: { lastDigits: "7704" } },
    });
    expect(simulator.api.events().at(-1)).toMatchObject({ event_type: "VAULT.PAYMENT-TOKEN.CREATED" });
  });
});

function savingWallet(): OrderRequest {
  return {
    intent: CheckoutPaymentIntent.Capture,
    purchaseUnits: [{ amount: { currencyCode: "EUR", value: "20.00" } }],
    paymentSource: {
      paypal: {
        attributes: {
          customer: { id: "customer-1" },
          vault: {
            storeInVault: StoreInVaultInstruction.OnSuccess,
            usageType: PaypalPaymentTokenUsageType.Merchant,
          },
        },
      },
    },
  };
}

function orderOf(paymentSource: OrderRequest["paymentSource"]): ReturnType<Paypal["orders"]["createOrder"]> {
  return paypal.orders.createOrder({
    paypalRequestId: randomUUID(),
    prefer: WHOLE,
    body: {
      intent: CheckoutPaymentIntent.Capture,
      purchaseUnits: [{ amount: { currencyCode: "EUR", value: "10.00" } }],
      paymentSource,
    },
  });
}

function keep(setup_token_id: string): ReturnType<Paypal["vault"]["createPaymentToken"]> {
  return paypal.vault.createPaymentToken({
    paypalRequestId: randomUUID(),
    body: { paymentSource: { token: { id: setup_token_id, type: VaultTokenRequestType.SetupToken } } },
  });
}
