import { card, confirmed, created, openBank, type TestBank } from "../../__tests__/support";

const SHOP = "http://shop.example:8000/return?cart=1";

describe("the bank's pages", () => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank();
  });
  afterAll(() => bank.stop());

  async function opened(
    method: "card" | "bank_redirect",
    number = "4000002760003184",
    return_url: string | undefined = SHOP,
  ): Promise<{ reference: string; url: string }> {
    const reference = await created(bank.gateway, { method });
    const data = method === "card" ? card(number) : undefined;
    const outcome = await confirmed(bank.gateway, reference, data, { method, return_url });
    if (outcome.type !== "action_required" || outcome.next_action.type !== "redirect") {
      throw new Error(`A page was expected, not ${outcome.type}.`);
    }
    expect(outcome.next_action.reason).toBe(method === "card" ? "three_d_secure" : "bank_page");
    return { reference, url: outcome.next_action.url };
  }

  async function decide(url: string, decision: string): Promise<Response> {
    return fetch(url, { method: "POST", body: new URLSearchParams({ decision }), redirect: "manual" });
  }

  async function stateOf(reference: string) {
    return bank.gateway.retrievePayment(reference, AbortSignal.timeout(5000));
  }

  it.each([
    ["card", "approve", { status: "authorized" }],
    ["card", "fail", { status: "requires_confirmation", decline: { code: "authentication_not_handled" } }],
    ["card", "close", { status: "action_required" }],
    ["bank_redirect", "approve", { status: "authorized" }],
    ["bank_redirect", "fail", { status: "requires_confirmation", decline: { code: "generic_decline" } }],
    ["bank_redirect", "cancel", { status: "requires_confirmation", decline: { code: "canceled_by_payer" } }],
    ["bank_redirect", "later", { status: "pending", next_action: { type: "wait" } }],
  ] as const)(
    "take the shopper of a %s payment back to the shop after %s",
    async (method, decision, state) => {
      const { reference, url } = await opened(method);
      const response = await decide(url, decision);
      expect(response.status).toBe(303);
      expect(response.headers.get("location")).toBe(SHOP);
      expect(await stateOf(reference)).toMatchObject(state);
    },
  );

  it.each([
    ["4000008260003178", "insufficient_funds"],
    ["4000008400001629", "generic_decline"],
  ])("may approve and the issuer still refuses: %s", async (number, code) => {
    const { reference, url } = await opened("card", number);
    await decide(url, "approve");
    expect(await stateOf(reference)).toMatchObject({ status: "requires_confirmation", decline: { code } });
  });

  it.each(["4000002760003184", "4000002500003155", "4000003800000446", "4000000000003220"])(
    "are asked for by card %s",
    async (number) => {
      const { reference, url } = await opened("card", number);
      await decide(url, "approve");
      expect(await stateOf(reference)).toMatchObject({ status: "authorized" });
    },
  );

  it("decide once: a second click changes nothing", async () => {
    const { reference, url } = await opened("card");
    await decide(url, "approve");
    expect((await decide(url, "fail")).status).toBe(303);
    expect(await stateOf(reference)).toMatchObject({ status: "authorized" });
  });

  it("are void for a challenge that another card has replaced", async () => {
    const { reference, url } = await opened("card");
    await confirmed(bank.gateway, reference, card("4000000000003220"));
    await decide(url, "approve");
    expect(await stateOf(reference)).toMatchObject({ status: "action_required" });
  });

  it.each(["", "later", "steal"])(
    "answer 400 to a decision that a 3-D Secure page does not offer: '%s'",
    async (what) => {
      const { reference, url } = await opened("card");
      expect((await decide(url, what)).status).toBe(400);
      expect(await stateOf(reference)).toMatchObject({ status: "action_required" });
    },
  );

  it("change nothing when they are only looked at", async () => {
    const { reference, url } = await opened("card");
    expect((await fetch(url)).status).toBe(200);
    expect(await stateOf(reference)).toMatchObject({ status: "action_required" });
  });

  it.each([
    ["en", 'dir="ltr"', "Approve"],
    ["ar", 'dir="rtl"', "موافقة"],
  ])("speak %s", async (locale, direction, word) => {
    const { url } = await opened("card");
    const html = await (await fetch(`${url}?locale=${locale}`)).text();
    expect(html).toContain(`<html lang="${locale}" ${direction}>`);
    expect(html).toContain(word);
    expect(html).toContain("10.00 EUR");
  });

  it("run no script, and let the form go to the bank and the shop only", async () => {
    const { url } = await opened("card");
    const policy = (await fetch(url)).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://shop.example:8000;");
    expect(policy).not.toContain("unsafe");
  });

  it("say that all is done when there is no shop to go back to", async () => {
    const reference = await created(bank.gateway);
    const outcome = await confirmed(bank.gateway, reference, card("4000002760003184"));
    const url = outcome.snapshot.next_action?.type === "redirect" ? outcome.snapshot.next_action.url : "";
    const response = await decide(url, "approve");
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("return to the shop");
  });

  it("are 404 for an address nobody was given", async () => {
    expect((await fetch(`${bank.url}/challenges/guess`)).status).toBe(404);
    expect((await decide(`${bank.url}/challenges/guess`, "approve")).status).toBe(404);
  });
});
