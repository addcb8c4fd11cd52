import type { Shopper } from "./shopper";

/** Registers a customer of the store and logs them in; returns the header that proves it. */
export async function logInCustomer(shopper: Shopper): Promise<{ authorization: string }> {
  const credentials = { email: "sam@example.com", password: "only-for-tests" };
  const registered = await shopper.post("/auth/customer/emailpass/register", credentials);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  await shopper.post("/store/customers", { email: credentials.email }, bearer(registered.body.token));
  const { body } = await shopper.post("/auth/customer/emailpass", credentials);
  return bearer(body.token);
}
