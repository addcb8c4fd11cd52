import { createTenderClient, TenderApiError, TenderConnectionError, type TenderClient } from "..";

type Reply = Readonly<{ status: number; body: unknown }> | "cut";
type Sent = Readonly<{ method: string; path: string; body: unknown; headers: Headers }>;

const CARD = { card: { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" } };

/** A client whose server gives the replies in turn, and what it was sent. */
function clientWith(...replies: Reply[]): { client: TenderClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const client = createTenderClient({
    baseUrl: "https://shop.example/",
    publishableKey: "pk_1",
    locale: "ar",
    fetch: (input, init) => {
      const reply = replies[sent.length];
      sent.push({
        method: init?.method ?? "GET",
        path: String(input).replace("https://shop.example", ""),
        body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
        headers: new Headers(init?.headers),
      });
      if (!reply || reply === "cut") return Promise.reject(new TypeError("Failed to fetch"));
      return Promise.resolve(Response.json(reply.body, { status: reply.status }));
    },
  });
  return { client, sent };
}

function attempt(status: string): { payment_attempt: Record<string, unknown> } {
  return { payment_attempt: { id: "att_1", status, next_action: null, decline: null } };
}

describe("what a customer has saved", () => {
  it("is read for the cart", async () => {
    const saved = { id: "pm_1", option_id: "pp_stripe_main:card", brand: "visa", last4: "4242" };
    const { client, sent } = clientWith({ status: 200, body: { saved_payment_methods: [saved] } });
    expect(await client.listSavedMethods("cart/1")).toEqual([saved]);
    expect(sent[0]?.path).toBe("/store/carts/cart%2F1/saved-payment-methods");
  });

  it.each([{}, { saved_payment_methods: [{ id: 1 }] }])(
    "is no guess where the answer is %j",
    async (body) => {
      const { client } = clientWith({ status: 200, body });
      await expect(client.listSavedMethods("cart_1")).rejects.toThrow(TenderConnectionError);
    },
  );
});

describe("every request", () => {
  it("names the publishable key and the language", async () => {
    const { client, sent } = clientWith({ status: 200, body: { payment_options: [], declined_options: [] } });
    await client.listOptions("cart/1");
    expect(sent[0]?.path).toBe("/store/carts/cart%2F1/payment-options");
    expect(sent[0]?.headers.get("x-publishable-api-key")).toBe("pk_1");
    expect(sent[0]?.headers.get("x-medusa-locale")).toBe("ar");
  });

  it("fails with the API's own type and message", async () => {
    const { client } = clientWith({ status: 404, body: { type: "not_found", message: "No such cart." } });
    await expect(client.listOptions("cart_1")).rejects.toEqual(
      new TenderApiError(404, "not_found", "No such cart."),
    );
  });

  it.each<[string, Reply]>([
    ["a cut connection", "cut"],
    ["a server error", { status: 500, body: { type: "unknown_error", message: "Oops" } }],
    ["an answer that is not what was asked for", { status: 200, body: { hello: "world" } }],
  ])("counts %s as no answer", async (_, reply) => {
    const { client } = clientWith(reply);
    await expect(client.listOptions("cart_1")).rejects.toBeInstanceOf(TenderConnectionError);
  });
});

describe("starting an attempt", () => {
  it("sends the given idempotency key", async () => {
    const { client, sent } = clientWith({ status: 200, body: attempt("ready") });
    const outcome = await client.startAttempt(
      "cart_1",
      { option_id: "pp_a:card" },
      { idempotencyKey: "key" },
    );
    expect(outcome.type).toBe("started");
    expect(sent[0]?.headers.get("idempotency-key")).toBe("key");
  });

  it.each([
    ["the cart is paid already", 409, { code: "cart_completed" }, "completed"],
    [
      "another payment of the cart is not decided",
      409,
      { code: "payment_unknown", ...attempt("unknown") },
      "pending",
    ],
    ["the total changed", 409, { code: "cart_total_changed", ...attempt("ready") }, "changed"],
    ["something is missing in the cart", 409, { code: "cart_incomplete" }, "cart_unfit"],
    ["something in the cart is sold out", 409, { code: "item_unavailable" }, "cart_unfit"],
    ["the cart has used up its attempts", 429, {}, "limited"],
    ["the option is unknown", 404, {}, "option_gone"],
    ["no gateway of the method can be reached", 503, { code: "method_unavailable" }, "option_gone"],
  ])("answers with a value when %s", async (_, status, body, type) => {
    const { client } = clientWith({ status, body });
    expect((await client.startAttempt("cart_1", { option_id: "pp_a:card" })).type).toBe(type);
  });
});

describe("a limit", () => {
  it.each([
    ["that is over after a while", { retry_after_s: 30 }, 30],
    ["that is not over by itself", { code: "attempts_used_up" }, null],
    ["that says nonsense", { retry_after_s: "soon" }, null],
  ])("%s is a value of starting and confirming", async (_, body, retry_after_s) => {
    const { client } = clientWith({ status: 429, body }, { status: 429, body });
    const limited = { type: "limited", retry_after_s };
    expect(await client.startAttempt("cart_1", { option_id: "pp_a:card" })).toEqual(limited);
    expect(await client.confirmAttempt("cart_1", "att_1", { data: CARD })).toEqual(limited);
  });

  it("is an error of reading, which knows when to read again", async () => {
    const body = { type: "too_many_requests", message: "Wait.", retry_after_s: 30 };
    const { client } = clientWith({ status: 429, body });
    await expect(client.listOptions("cart_1")).rejects.toMatchObject({ status: 429, retry_after_s: 30 });
  });
});

describe("confirming an attempt", () => {
  it("answers a decline with a value that brings the alternatives", async () => {
    const body = {
      ...attempt("declined"),
      decline: {
        category: "funds_limit",
        code: "insufficient_funds",
        message: "No.",
        recovery: "switch_provider",
      },
      payment_options: [{ id: "pp_b:card" }],
      declined_options: [],
    };
    const { client } = clientWith({ status: 402, body });
    const outcome = await client.confirmAttempt("cart_1", "att_1", { data: CARD });
    expect(outcome).toMatchObject({ type: "declined", payment_options: [{ id: "pp_b:card" }] });
  });

  it.each([
    ["nothing came of the lost one", "ready", CARD],
    ["the lost one was approved", "authorized", undefined],
  ])("after a lost answer reads the attempt before it sends data again: %s", async (_, status, sentAgain) => {
    const order = { type: "order", order: { id: "order_1" } };
    const { client, sent } = clientWith(
      "cut",
      { status: 200, body: attempt(status) },
      { status: 200, body: order },
    );
    await expect(client.confirmAttempt("cart_1", "att_1", { data: CARD })).rejects.toBeInstanceOf(
      TenderConnectionError,
    );
    expect((await client.confirmAttempt("cart_1", "att_1", { data: CARD })).type).toBe("order");
    expect(sent.map(({ method }) => method)).toEqual(["POST", "GET", "POST"]);
    expect(sent[2]?.body).toEqual(sentAgain ? { data: sentAgain } : {});
  });

  it("after a lost answer sends nothing while the outcome is unknown", async () => {
    const { client, sent } = clientWith("cut", { status: 200, body: attempt("unknown") });
    await expect(client.confirmAttempt("cart_1", "att_1", { data: CARD })).rejects.toThrow();
    expect((await client.confirmAttempt("cart_1", "att_1", { data: CARD })).type).toBe("pending");
    expect(sent).toHaveLength(2);
  });

  it("never puts card data into an address or a header", async () => {
    const { client, sent } = clientWith({ status: 200, body: { type: "order", order: {} } });
    await client.confirmAttempt("cart_1", "att_1", { data: CARD });
    const elsewhere = [sent[0]?.path, ...(sent[0]?.headers.values() ?? [])].join(" ");
    expect(elsewhere).not.toContain("4242");
  });
});

describe("placing an order that costs nothing", () => {
  const ORDER = { id: "order_1", display_id: 7, email: null, currency_code: "eur", total: 0 };

  it("calls Medusa's own completion", async () => {
    const { client, sent } = clientWith({ status: 200, body: { type: "order", order: ORDER } });
    expect(await client.placeOrder("cart/1")).toEqual({ type: "order", order: ORDER });
    expect(sent).toMatchObject([{ method: "POST", path: "/store/carts/cart%2F1/complete" }]);
  });

  it.each([
    ["a payment is wanted after all", 200, { type: "cart", cart: {}, error: {} }, "not_placed"],
    [
      "something is missing in the cart",
      400,
      { type: "invalid_data", message: "No shipping." },
      "not_placed",
    ],
    ["another request is placing it", 409, { type: "conflict", message: "Wait." }, "not_placed"],
    ["the cart is an order already", 409, { code: "cart_completed" }, "completed"],
    ["too many were tried", 429, { retry_after_s: 30 }, "limited"],
  ])("answers with a value when %s", async (_, status, body, type) => {
    const { client } = clientWith({ status, body });
    expect((await client.placeOrder("cart_1")).type).toBe(type);
  });

  it.each<[string, Reply]>([
    ["a cut connection", "cut"],
    ["an order without its number", { status: 200, body: { type: "order", order: {} } }],
  ])("counts %s as no answer", async (_, reply) => {
    const { client } = clientWith(reply);
    await expect(client.placeOrder("cart_1")).rejects.toBeInstanceOf(TenderConnectionError);
  });
});
