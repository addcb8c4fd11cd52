import { MASK, redactPayload } from "../redact-payload";

const shown = (payload: unknown) =>
  redactPayload(typeof payload === "string" ? payload : JSON.stringify(payload)).content;

describe("a webhook's payload, for operators", () => {
  it("shows what happened to which payment", () => {
    const event = {
      id: "evt_1",
      type: "payment_intent.succeeded",
      created: 1732000000,
      livemode: false,
      data: { object: { id: "pi_1", status: "succeeded", amount: 6980, currency: "eur" } },
    };
    expect(shown(event)).toEqual(event);
  });

  it("shows no person, no secret and no means of payment, wherever they stand", () => {
    const secrets = [
      "Sam Shopper",
      "sam@example.com",
      "+49 30 1234567",
      "Street 1",
      "4242424242424242",
      "4242 4242 4242 4242",
      "pi_1_secret_abc",
      "tok_visa_1",
      "sk_live_1",
      "eyJhbGciOi.eyJzdWIi.c2ln",
      "DE02120300000000202051",
      "+49301234567",
    ];
    const payload = {
      id: "4242424242424242",
      status: "Sam Shopper",
      reason: "sam@example.com",
      code: "sk_live_1",
      reference: "pi_1_secret_abc",
      event: "eyJhbGciOi.eyJzdWIi.c2ln",
      order_id: "tok_visa_1",
      amount: 4242424242424242,
      merchant_reference: "DE02120300000000202051",
      transaction_id: "+49301234567",
      data: {
        payer: { id: "sam@example.com", status: "verified", name: { value: "Sam Shopper" } },
        billing_details: [{ type: "Street 1", code: "10115" }],
        card: { number: "4242 4242 4242 4242", code: "123", id: "card_1" },
        client_secret: "pi_1_secret_abc",
        bank_account: { id: "DE02120300000000202051" },
        phone: "+49 30 1234567",
        unheard_of: "Sam Shopper",
        figures: [1, 2],
      },
      "sam@example.com": { id: "evt_2" },
      "4242424242424242": true,
    };
    const text = JSON.stringify(shown(payload));
    for (const secret of [...secrets, "123", "10115", "card_1", "verified", "evt_2"]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('"payer":{"id":"•••"');
    expect(text).toContain('"figures":["•••","•••"]');
  });

  it("shows ids of the services' makes, times and signed sums", () => {
    const event = {
      id: "WH-2WR32451HC0233532-67976317FL4543714",
      capture_id: "8MC585209K746392H",
      create_time: "2026-11-30T16:00:00+00:00",
      value: "-12.50",
      reason: "requested_by_customer",
    };
    expect(shown(event)).toEqual(event);
  });

  it.each([
    [{ contact: { type: "phone", value: "15551234567" } }, "15551234567"],
    [{ birth: { date: "1980-01-01" } }, "1980-01-01"],
    [{ tax_info: { id: "12345678901" } }, "12345678901"],
    [{ data: { object: { unheard_of: [{ value: "Sam" }] } } }, "Sam"],
    [{ unheard_of: { data: { code: "10115" } } }, "10115"],
  ])("of %j does not show what it has no word for", (payload, secret) => {
    expect(JSON.stringify(shown(payload))).not.toContain(secret);
  });

  it("shows ids and sums of the known services' events, however deep", () => {
    const event = {
      resource: {
        purchase_units: [{ payments: { captures: [{ id: "3C67", amount: { value: "69.80" } }] } }],
        supplementary_data: { related_ids: { order_id: "5O19" } },
        seller_receivable_breakdown: { paypal_fee: { value: "1.20" } },
      },
      data: { object: { latest_charge: { id: "ch_1" }, refunds: { data: [{ id: "re_1" }] } } },
    };
    expect(shown(event)).toEqual(event);
    expect(shown({ resource: { payment_source: { id: "3C67" } }, source: { id: "src_1" } })).toEqual({
      resource: { payment_source: { id: MASK } },
      source: { id: MASK },
    });
  });

  it("keeps fields of no value, and lists, as they are", () => {
    expect(shown({ error: null, list: [], data: {} })).toEqual({ error: null, list: [], data: {} });
  });

  it("of a form shows the same as of JSON", () => {
    const redacted = redactPayload(
      "event_type=payment.done&id=42&payer_email=sam%40example.com&note=Hello+there&id=43",
    );
    expect(redacted).toMatchObject({
      format: "form",
      content: { event_type: "payment.done", id: ["42", "43"], payer_email: MASK, note: MASK },
    });
  });

  it.each([
    ["plain words", "Hello Sam Shopper", "other"],
    ["XML", "<event><name>Sam</name></event>", "other"],
    ["cut JSON", '{"id": "evt_1", "name": "Sam', "other"],
    ["bytes that are no text", "\u0000\u0001\ufffd=\ufffd \ufffd", "other"],
    ["nothing", "  \n", "empty"],
  ] as const)("of %s shows nothing", (_what, payload, format) => {
    expect(redactPayload(payload)).toEqual({ format, content: null, bytes: Buffer.byteLength(payload) });
  });

  it.each(["null", "12", '"Sam"', "true", "[]"])("that is only %s is no trouble", (payload) => {
    expect(redactPayload(payload).format).toBe("json");
    expect(JSON.stringify(shown(payload))).not.toContain("Sam");
  });

  it("stays small and comes to an end, whatever was sent", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(JSON.stringify(shown(deep)).length).toBeLessThan(100);
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`field_${at}`, "x"]));
    expect(JSON.stringify(shown(wide)).length).toBeLessThan(3_000);
    expect(JSON.stringify(shown({ id: "x".repeat(5_000) })).length).toBeLessThan(50);
  });

  it("cannot be made to change what every object inherits", () => {
    const content = shown('{"__proto__": {"status": "polluted"}, "constructor": {"id": "x"}}');
    expect(Object.getPrototypeOf(content)).toBe(Object.prototype);
    expect(({} as { status?: string }).status).toBeUndefined();
  });
});
