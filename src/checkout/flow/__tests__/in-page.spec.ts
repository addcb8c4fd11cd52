import type { GatewayForm } from "../../gateway-form";
import { INITIAL_STATE } from "../reducer";
import { createCheckoutStore } from "../store";
import { ORDERED, scene, type Scene } from "./scene";
import { attempt, BANK, CART, option } from "./support";

const OWN = option("own", "acme_fields");
const OF_OWN = { option_id: OWN.id, method: OWN.method } as const;
const READY = attempt("ready", OF_OWN);
const ASKED = attempt("action_required", {
  ...OF_OWN,
  next_action: { type: "confirm" },
  client: { address: "a1" },
});
const AWAITED = attempt("pending", {
  ...OF_OWN,
  next_action: { type: "wait", settles_later: true },
  client: { address: "a1" },
});

const act = jest.fn();

const FORM: GatewayForm = {
  draws: ({ client }) => client["form"] === "acme_fields",
  actsOn: ({ client }) => client["address"] !== undefined,
  actsInPage: ({ client }) => client["address"] !== undefined,
  afterOrder: ({ client }) => (client["address"] === undefined ? null : "unpaid"),
  load: async () => ({ Fields: (() => null) as never, Panel: () => null, act }),
};

/** A checkout whose chosen option is drawn by the form above. */
async function choosing(form: GatewayForm = FORM, remembered?: Parameters<typeof scene>[0]): Promise<Scene> {
  const on = scene(remembered, createCheckoutStore({ ...INITIAL_STATE, forms: [form] }));
  on.client.listOptions.mockResolvedValue({ payment_options: [OWN, BANK], declined_options: [] });
  on.client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: READY });
  return on;
}

/** The same, at the panel that its payment waits in. */
async function acting(): Promise<Scene> {
  const on = await choosing();
  await on.flow.open();
  on.client.confirmAttempt.mockResolvedValueOnce({ type: "action_required", payment_attempt: ASKED });
  await on.flow.pay({});
  on.client.confirmAttempt.mockClear();
  on.client.startAttempt.mockClear();
  return on;
}

describe("a gateway's panel in the page", () => {
  beforeEach(() => act.mockClear());

  it("stays until the shopper is through, and nothing is asked meanwhile", async () => {
    const on = await acting();
    expect(on.store.getState()).toMatchObject({ phase: "acting", attempt: ASKED });
    expect(act).not.toHaveBeenCalled();
    expect(on.client.confirmAttempt).not.toHaveBeenCalled();
  });

  it("is found again after a reload", async () => {
    const on = await choosing(FORM, { attemptId: ASKED.id, returned: false });
    on.client.getAttempt.mockResolvedValue(ASKED);
    await on.flow.open();
    expect(on.store.getState()).toMatchObject({ phase: "acting", attempt: ASKED });
  });

  it("has the store asked for the order when the shopper is through", async () => {
    const on = await acting();
    await on.flow.acted();
    expect(on.client.confirmAttempt).toHaveBeenCalledWith("cart_1", ASKED.id, {});
    expect(on.store.getState().phase).toBe("done");
  });

  it("comes back where the store still waits", async () => {
    const on = await acting();
    const fresh = { ...ASKED, read_at: "2026-01-01T00:00:05.000Z" };
    on.client.confirmAttempt.mockResolvedValueOnce({ type: "action_required", payment_attempt: fresh });
    await on.flow.acted();
    expect(on.store.getState()).toMatchObject({ phase: "acting", attempt: fresh, notice: null });
  });

  it("is left for another payment with the same option", async () => {
    const on = await acting();
    on.client.getAttempt.mockResolvedValue(ASKED);
    const second = { ...ASKED, id: "att_2" };
    on.client.startAttempt.mockResolvedValueOnce({ type: "started", payment_attempt: second });
    await on.flow.payAgain();
    expect(on.client.startAttempt).toHaveBeenCalledWith("cart_1", { option_id: OWN.id }, expect.anything());
    expect(on.store.getState()).toMatchObject({ phase: "acting", attempt: second });
  });

  it("is as it was left when the same option is paid with again", async () => {
    const on = await acting();
    const fresh = { ...ASKED, read_at: "2026-01-01T00:01:00.000Z" };
    on.client.getAttempt.mockResolvedValue(fresh);
    on.store.dispatch({ type: "went_back" });
    await on.flow.pay({});
    expect(on.client.startAttempt).not.toHaveBeenCalled();
    expect(on.store.getState()).toMatchObject({ phase: "acting", attempt: fresh });
  });

  it.each([
    ["has come to nothing", { status: "canceled", next_action: null }],
    ["is for another total", { amount: 20 }],
  ] as const)("is another one when the one that was left %s", async (_, change) => {
    const on = await acting();
    on.client.getAttempt.mockResolvedValue({ ...ASKED, ...change });
    on.store.dispatch({ type: "went_back" });
    await on.flow.pay({});
    expect(on.client.startAttempt).toHaveBeenCalledTimes(1);
  });

  it("is left for another way without anything being asked", async () => {
    const on = await acting();
    on.store.dispatch({ type: "went_back" });
    await Promise.all([on.flow.acted(), on.flow.payAgain()]);
    expect(on.store.getState()).toMatchObject({ phase: "choosing", notice: null, selectedId: OWN.id });
    expect(on.client.confirmAttempt).not.toHaveBeenCalled();
    expect(on.client.startAttempt).not.toHaveBeenCalled();
  });
});

describe("an order that waits for its payment", () => {
  async function ordered(form = FORM): Promise<Scene> {
    const on = await choosing(form);
    await on.flow.open();
    on.client.getAttempt.mockResolvedValue(AWAITED);
    await on.flow.pay({});
    return on;
  }

  it("has the attempt as it stands by then, for its panel", async () => {
    const on = await ordered();
    expect(on.store.getState()).toMatchObject({ phase: "done", order: ORDERED.order, attempt: AWAITED });
  });

  it("is placed though the attempt cannot be read", async () => {
    const on = await choosing();
    await on.flow.open();
    on.client.getAttempt.mockRejectedValue(new Error("offline"));
    await on.flow.pay({});
    expect(on.store.getState()).toMatchObject({ phase: "done", order: ORDERED.order, attempt: READY });
  });

  it("costs no request where the form shows nothing of it", async () => {
    const { afterOrder: _, ...form } = FORM;
    const on = await ordered(form);
    expect(on.client.getAttempt).not.toHaveBeenCalled();
    expect(on.store.getState()).toMatchObject({ phase: "done", attempt: READY });
  });

  it("is found again with its attempt after a reload", async () => {
    const on = await choosing(FORM, { attemptId: AWAITED.id, returned: false });
    on.client.getCart.mockResolvedValue({ ...CART, completed_at: "2026-01-01" });
    on.client.getAttempt.mockResolvedValue(AWAITED);
    await on.flow.open();
    expect(on.store.getState()).toMatchObject({ phase: "done", order: ORDERED.order, attempt: AWAITED });
  });
});
