import type { Collected, GatewayForm } from "../../gateway-form";
import { alternativesOf, INITIAL_STATE, reduce } from "../reducer";
import { createCheckoutStore } from "../store";
import { ORDERED, scene, type Scene } from "./scene";
import { attempt, BANK, CARD, CART, DECLINE, option } from "./support";

const OWN = option("own", "acme_fields");
const OWN_WALLET = option("acme_pay", "acme_button", true);
const STRANGE = option("strange", "nobodys_form");
const OFFER = { options: [OWN_WALLET, OWN, STRANGE, BANK], declinedOptions: [] };
const TOKEN = { token: "tok_1" };
const ASKED = attempt("action_required", {
  option_id: OWN.id,
  method: OWN.method,
  next_action: { type: "confirm" },
  client: { secret: "s" },
});

const collected = (what: Collected) => jest.fn().mockResolvedValue(what);

/** A checkout with a gateway's form, choosing among the offer above. */
async function choosing(change: Partial<GatewayForm> = {}): Promise<Scene & { act: jest.Mock }> {
  const act = jest.fn().mockResolvedValue(undefined);
  const form: GatewayForm = {
    draws: ({ client }) => String(client["form"]).startsWith("acme_"),
    actsOn: ({ client }) => client["secret"] !== undefined,
    load: async () => ({ Fields: (() => null) as never, act }),
    ...change,
  };
  const on = scene(undefined, createCheckoutStore({ ...INITIAL_STATE, forms: [form] }));
  on.client.listOptions.mockResolvedValue({ payment_options: OFFER.options, declined_options: [] });
  on.client.startAttempt.mockResolvedValue({
    type: "started",
    payment_attempt: attempt("ready", { option_id: OWN.id, method: OWN.method }),
  });
  await on.flow.open();
  return { ...on, act };
}

describe("a form of a gateway's own", () => {
  it("is offered where something draws it, and only there", async () => {
    const { store } = await choosing();
    expect(store.getState().options).toEqual([OWN_WALLET, OWN, BANK]);
    expect(store.getState().selectedId).toBe(OWN.id);
    const bare = scene();
    bare.client.listOptions.mockResolvedValue({ payment_options: OFFER.options, declined_options: [] });
    await bare.flow.open();
    expect(bare.store.getState().options).toEqual([BANK]);
  });

  it("leaves room for the page of its service where nothing draws it", async () => {
    const told = { form: "acme_button", form_without_script: "redirect" };
    const either = { ...OWN, client: told };
    const { store } = await choosing({ draws: () => true });
    store.dispatch({
      type: "refreshed",
      cart: CART,
      attempt: null,
      offer: { options: [either], declinedOptions: [] },
    });
    expect(store.getState().options).toEqual([either]);
    const bare = scene();
    bare.client.listOptions.mockResolvedValue({ payment_options: [either], declined_options: [] });
    await bare.flow.open();
    expect(bare.store.getState().options).toEqual([{ ...either, client: { ...told, form: "redirect" } }]);
  });

  it("is paid with what it collected", async () => {
    const { flow, client, store } = await choosing();
    await flow.pay(collected({ type: "data", data: TOKEN }));
    expect(client.confirmAttempt).toHaveBeenCalledWith("cart_1", "att_1", { data: TOKEN });
    expect(store.getState().phase).toBe("done");
  });

  it("collects once, however often the button is pressed", async () => {
    const { flow, client } = await choosing();
    const collect = collected({ type: "data", data: TOKEN });
    await Promise.all([flow.pay(collect), flow.pay(collect), flow.pay(collect, OWN_WALLET.id)]);
    expect(collect).toHaveBeenCalledTimes(1);
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
    expect(client.confirmAttempt).toHaveBeenCalledTimes(1);
  });

  it.each<[Collected, string | null]>([
    [{ type: "incomplete" }, null],
    [{ type: "canceled" }, null],
    [{ type: "failed" }, "form_failed"],
  ])("starts nothing with %j", async (what, notice) => {
    const { flow, client, store } = await choosing();
    await flow.pay(collected(what));
    expect(store.getState()).toMatchObject({ phase: "choosing", notice, selectedId: OWN.id });
    expect(client.startAttempt).not.toHaveBeenCalled();
  });

  it("that breaks off starts nothing either", async () => {
    const { flow, client, store } = await choosing();
    await flow.pay(() => Promise.reject(new Error("the script broke off")));
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "form_failed" });
    expect(client.startAttempt).not.toHaveBeenCalled();
  });

  it("never sends one provider's token to another that took over", async () => {
    const { flow, client, store } = await choosing();
    const elsewhere = attempt("ready", { option_id: "pp_b:own", provider_id: "pp_b", method: "own" });
    client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: elsewhere });
    await flow.pay(collected({ type: "data", data: TOKEN }));
    expect(client.confirmAttempt).not.toHaveBeenCalled();
    expect(store.getState()).toMatchObject({ phase: "choosing", notice: "details_again" });
  });

  it("gives its place to that of the provider that took over, whose attempt waits", async () => {
    const { flow, client, store } = await choosing();
    const elsewhere = { ...OWN, id: "pp_b:own", provider_id: "pp_b" };
    const waiting = attempt("ready", { option_id: elsewhere.id, provider_id: "pp_b", method: "own" });
    client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: waiting });
    client.listOptions.mockResolvedValue({ payment_options: [BANK, elsewhere], declined_options: [] });
    await flow.pay(collected({ type: "data", data: TOKEN }));
    expect(store.getState().selectedId).toBe(elsewhere.id);
    await flow.pay(collected({ type: "data", data: TOKEN }));
    expect(client.startAttempt).toHaveBeenCalledTimes(1);
    expect(client.confirmAttempt).toHaveBeenCalledWith("cart_1", waiting.id, { data: TOKEN });
  });

  it("pays by its express button without the list", async () => {
    const { flow, client } = await choosing();
    const started = attempt("ready", { option_id: OWN_WALLET.id, method: OWN_WALLET.method });
    client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: started });
    await flow.pay(collected({ type: "data", data: TOKEN }), OWN_WALLET.id);
    expect(client.startAttempt).toHaveBeenCalledWith(
      "cart_1",
      { option_id: OWN_WALLET.id },
      expect.anything(),
    );
  });

  it("has no sheet of the page's: choosing its button only shows it", async () => {
    const { store } = await choosing();
    store.dispatch({ type: "selected", optionId: OWN_WALLET.id });
    expect(store.getState()).toMatchObject({ sheetOpen: false, selectedId: OWN.id });
  });

  it("is no alternative where it cannot be used, until it can", () => {
    const declined = {
      ...INITIAL_STATE,
      phase: "declined" as const,
      cart: CART,
      options: [OWN_WALLET, OWN, BANK],
      refused: CARD,
      decline: DECLINE,
    };
    const report = (isUsable: boolean) => ({
      type: "form_reported" as const,
      optionId: OWN_WALLET.id,
      isUsable,
    });
    const before = { ...declined, phase: "choosing" as const };
    const without = { ...reduce(before, report(false)), phase: "declined" as const };
    expect(alternativesOf(without)).not.toContain(OWN_WALLET);
    const again = { ...reduce({ ...without, phase: "choosing" }, report(true)), phase: "declined" as const };
    expect(alternativesOf(again)).toContain(OWN_WALLET);
  });
});

describe("what a gateway's script asks over the page", () => {
  async function asked(change: Partial<GatewayForm> = {}) {
    const on = await choosing(change);
    on.client.confirmAttempt.mockResolvedValueOnce({ type: "action_required", payment_attempt: ASKED });
    return on;
  }
  const pay = (on: Scene) => on.flow.pay(collected({ type: "data", data: TOKEN }));

  it("is asked, and then the store says what came of it", async () => {
    const on = await asked();
    on.client.confirmAttempt.mockResolvedValueOnce(ORDERED);
    await pay(on);
    expect(on.act).toHaveBeenCalledWith({ attempt: ASKED, option: OWN, locale: "en" });
    expect(on.client.confirmAttempt).toHaveBeenLastCalledWith("cart_1", "att_1", {});
    expect(on.store.getState().phase).toBe("done");
  });

  it("leads to the decline panel when the store says so, whatever the script said", async () => {
    const on = await asked();
    const refused = attempt("declined", { option_id: OWN.id, decline: DECLINE });
    on.client.confirmAttempt.mockResolvedValueOnce({
      type: "declined",
      payment_attempt: refused,
      decline: DECLINE,
      payment_options: [BANK],
      declined_options: [],
    });
    await pay(on);
    expect(on.store.getState()).toMatchObject({ phase: "declined", decline: DECLINE, refused: OWN });
  });

  it.each([
    [
      "rejects",
      { load: async () => ({ Fields: (() => null) as never, act: () => Promise.reject(new Error()) }) },
    ],
    ["cannot be loaded", { load: () => Promise.reject(new Error()) }],
  ])("is asked of the store when the script %s", async (_, change) => {
    const on = await asked(change);
    on.client.confirmAttempt.mockResolvedValueOnce({ type: "action_required", payment_attempt: ASKED });
    await pay(on);
    expect(on.store.getState()).toMatchObject({ phase: "choosing", notice: "step_up_unfinished" });
  });

  it("is dropped when the shopper went back meanwhile", async () => {
    let finish = (): void => undefined;
    const act = () => new Promise<void>((resolve) => (finish = resolve));
    const on = await asked({ load: async () => ({ Fields: (() => null) as never, act }) });
    const paying = pay(on);
    while (on.store.getState().phase !== "acting") await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
    on.store.dispatch({ type: "went_back" });
    finish();
    await paying;
    expect(on.store.getState().phase).toBe("choosing");
    expect(on.client.confirmAttempt).toHaveBeenCalledTimes(1);
  });

  it("is waited for where nothing in this page can ask it", async () => {
    const on = await asked({ actsOn: () => false });
    await pay(on);
    expect(on.store.getState().phase).toBe("checking");
    on.flow.stop();
  });
});
