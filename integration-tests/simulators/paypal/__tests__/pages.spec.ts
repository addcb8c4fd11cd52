import { randomUUID } from "node:crypto";
import { startPaypalSimulator, type PaypalSimulator } from "..";
import { idOf, paypalOf, walletOrder, type Paypal } from "./support";

let simulator: PaypalSimulator;
let paypal: Paypal;

beforeAll(async () => {
  simulator = await startPaypalSimulator();
  paypal = paypalOf(simulator);
});

afterAll(() => simulator.stop());

describe("the page of a payer", () => {
  it("sends an approving payer back with the order and who they are", async () => {
    const { id, page } = await orderPage();
    expect(await (await fetch(page)).text()).toContain("20.00 EUR");
    const answer = await decide(page, { decision: "approve", funding: "balance" });
    const back = new URL(answer.headers.get("location") ?? "");
    expect(back.origin + back.pathname).toBe("https://shop.example/back");
    expect(back.searchParams.get("token")).toBe(id);
    expect(back.searchParams.get("PayerID")).toMatch(/^[2-9A-HJ-NP-Z]{13}$/);
    expect(simulator.api.order(id).status).toBe("APPROVED");
    expect(await (await fetch(page)).text()).toContain("Nothing to decide");
    expect((await decide(page, { decision: "approve" })).status).toBe(422);
  });

  it("sends a payer who cancels back, and the order still waits", async () => {
    const { id, page } = await orderPage();
    const answer = await decide(page, { decision: "cancel" });
    expect(answer.headers.get("location")).toBe(`https://shop.example/left?token=${id}`);
    expect(simulator.api.order(id).status).toBe("PAYER_ACTION_REQUIRED");
  });

  it("lets a payer choose funding that is declined", async () => {
    const { id, page } = await orderPage();
    await decide(page, { decision: "approve", funding: "declined" });
    await expect(paypal.orders.captureOrder({ id })).rejects.toMatchObject({ statusCode: 422 });
    await decide(page, { decision: "approve", funding: "balance" });
    expect((await paypal.orders.captureOrder({ id })).result.status).toBe("COMPLETED");
  });

  it("knows no order of another number", async () => {
    expect((await fetch(`${simulator.url}/checkoutnow?token=NONE`)).status).toBe(404);
  });
});

async function orderPage(): Promise<{ id: string; page: string }> {
  const { result } = await paypal.orders.createOrder({ body: walletOrder(), paypalRequestId: randomUUID() });
  const page = result.links?.find(({ rel }) => rel === "payer-action")?.href ?? "";
  return { id: idOf(result), page };
}

function decide(page: string, form: Record<string, string>): Promise<Response> {
  return fetch(page, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
}
