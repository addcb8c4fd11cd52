import type { Collected, GatewayForm } from "../../gateway-form";
import { INITIAL_STATE } from "../reducer";
import { createCheckoutStore } from "../store";
import { DATA, scene, type Scene } from "./scene";
import { attempt, BANK, CARD, option } from "./support";

const KEEPABLE = { ...CARD, can_save: true };
const OWN = { ...option("own", "acme_button"), can_save: true };
const BEGUN = attempt("ready", { option_id: OWN.id, method: OWN.method });
const COLLECTED: Collected = { type: "data", data: { token: "tok_1" } };

async function choosing(options = [KEEPABLE, OWN, BANK], attemptId: string | null = null): Promise<Scene> {
  const form: GatewayForm = {
    draws: ({ client }) => client["form"] === "acme_button",
    actsOn: () => false,
    load: () => new Promise(() => undefined),
  };
  const store = createCheckoutStore({ ...INITIAL_STATE, forms: [form] });
  const on = scene({ attemptId, returned: false }, store);
  on.client.listOptions.mockResolvedValue({ payment_options: options, declined_options: [] });
  await on.flow.open();
  return on;
}

const tick = ({ store }: Scene, optionId: string, save = true): void =>
  store.dispatch({ type: "saving_chosen", optionId, save });
const started = ({ client }: Scene) => client.startAttempt.mock.calls.map(([, input]) => input);
const confirmed = ({ client }: Scene) => client.confirmAttempt.mock.calls.map(([, , input]) => input);

describe("what the shopper wants kept", () => {
  it("is said from the start, and beside the card", async () => {
    const on = await choosing();
    tick(on, CARD.id);
    await on.flow.pay(DATA);
    expect(started(on)).toEqual([{ option_id: CARD.id, data: { save: true } }]);
    expect(confirmed(on)).toEqual([{ data: { card: { ...DATA.card, save: true } } }]);
  });

  it("is said beside what a gateway's own form collected", async () => {
    const on = await choosing();
    on.client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: BEGUN });
    tick(on, OWN.id);
    await on.flow.pay(async () => COLLECTED, OWN.id);
    expect(confirmed(on)).toEqual([{ data: { token: "tok_1", save: true } }]);
  });

  it.each([
    ["without the tick", (on: Scene) => on.flow.pay(DATA)],
    [
      "after the tick was taken back",
      (on: Scene) => {
        tick(on, CARD.id);
        tick(on, CARD.id, false);
        return on.flow.pay(DATA);
      },
    ],
    [
      "with another option's tick",
      (on: Scene) => {
        tick(on, OWN.id);
        return on.flow.pay(DATA);
      },
    ],
  ])("is nothing %s", async (_, pay) => {
    const on = await choosing();
    await pay(on);
    expect(started(on)).toEqual([{ option_id: CARD.id }]);
    expect(confirmed(on)).toEqual([{ data: DATA }]);
  });

  it("is nothing where it is not offered any more, as to a guest", async () => {
    const on = await choosing();
    tick(on, CARD.id);
    on.client.listOptions.mockResolvedValue({ payment_options: [CARD], declined_options: [] });
    await on.flow.refresh();
    await on.flow.pay(DATA);
    expect(confirmed(on)).toEqual([{ data: DATA }]);
  });

  it("is nothing of what is saved already", async () => {
    const on = await choosing();
    tick(on, CARD.id);
    await on.flow.pay({ saved_method_id: "pm_1" });
    expect(started(on)).toEqual([{ option_id: CARD.id }]);
    expect(confirmed(on)).toEqual([{ data: { saved_method_id: "pm_1" } }]);
  });
});

describe("a payment that was begun for a form of its own", () => {
  async function begun(save: boolean): Promise<Scene> {
    const on = await choosing();
    on.client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: BEGUN });
    tick(on, OWN.id, save);
    await on.flow.begin(OWN.id);
    return on;
  }

  it.each([true, false])("is begun anew when the tick has changed from %s", async (save) => {
    const on = await begun(save);
    tick(on, OWN.id, !save);
    await on.flow.begin(OWN.id);
    const [first, second] = [save, !save].map((isSaved) => ({
      option_id: OWN.id,
      ...(isSaved && { data: { save: true } }),
    }));
    expect(started(on)).toEqual([first, second]);
    const keys = on.client.startAttempt.mock.calls.map(([, , options]) => options?.idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it("is the one that is paid once it was approved, whatever was ticked meanwhile", async () => {
    const on = await begun(false);
    tick(on, OWN.id);
    await on.flow.pay(async () => COLLECTED, OWN.id);
    expect(started(on)).toHaveLength(1);
    expect(on.client.confirmAttempt).toHaveBeenCalledWith("cart_1", BEGUN.id, expect.anything());
  });

  it("is not used for what was saved before, were it to be kept again", async () => {
    const on = await begun(true);
    await on.flow.pay({ saved_method_id: "pm_1" }, OWN.id);
    expect(started(on)[1]).toEqual({ option_id: OWN.id });
  });

  it("is not taken up after a reload where nobody knows whether it was to be kept", async () => {
    const on = await choosing([OWN], BEGUN.id);
    on.client.startAttempt.mockResolvedValue({ type: "started", payment_attempt: BEGUN });
    await on.flow.begin(OWN.id);
    expect(started(on)).toEqual([{ option_id: OWN.id }]);
  });
});
