import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { ManualRefundAt } from "../../workflows/operate/manual-refunds";
import { adminManualRefundViews } from "../manual-refund-view";

const REFUND: ManualRefundAt = {
  provider_id: "pp_coins",
  attempt_id: "payatt_1",
  order_id: "order_1",
  refund: {
    id: "refund_1",
    reference: "pay_1",
    destination_titles: { en: "Your address", ar: "عنوانك" },
    amount: null,
    shown: "0.001 BTC",
    less_fee: false,
    status: "waits_for_payee",
    destination: null,
    takes_destination: true,
    note: null,
    payee_token: "secret-token",
  },
};

/** A request of an operator whose role holds these policies. */
function requestOf(rbac: boolean, ...policies: { resource: string; operation: string }[]) {
  const parts: Readonly<Record<string, unknown>> = {
    [ContainerRegistrationKeys.FEATURE_FLAG_ROUTER]: { isFeatureEnabled: () => rbac },
    [ContainerRegistrationKeys.QUERY]: { graph: async () => ({ data: [{ policies }] }) },
    [ContainerRegistrationKeys.CONFIG_MODULE]: { admin: { backendUrl: "https://api.example.com" } },
  };
  return {
    auth_context: { actor_id: "user_1", app_metadata: { roles: ["role_1"] } },
    scope: { resolve: (key: string) => parts[key] },
  } as unknown as AuthenticatedMedusaRequest;
}

const READ = { resource: "payment", operation: "read" };

describe("the payee's link", () => {
  it("is kept from operators who may only read, since whoever opens it says where the money goes", async () => {
    const views = await adminManualRefundViews(requestOf(true, READ), [REFUND]);
    expect(views).toMatchObject([{ id: "refund_1", payee_url: null }]);
    expect(JSON.stringify(views)).not.toContain("secret-token");
  });

  it.each([
    ["who may refund", requestOf(true, READ, { resource: "refund", operation: "create" })],
    ["of a store without roles", requestOf(false)],
  ])("is shown to operators %s", async (_who, req) => {
    expect(await adminManualRefundViews(req, [REFUND])).toMatchObject([
      { payee_url: "https://api.example.com/tender/refunds/secret-token" },
    ]);
  });
});
