import { TIMEOUT_DEFAULTS } from "../../src/gateway";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { withRunningStore } from "../support/suite";
import { cardOf } from "../support/shopper";

const APPROVES = "4242424242424242";

withRunningStore((running) => {
  describe("a provider that is down", () => {
    it("refuses connections: the same request yields an attempt on the next provider, which says so", async () => {
      const shopper = await running.shopper();
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const { body } = await shopper.start("pp_sandbox_a:card");
      expect(body.payment_attempt).toMatchObject({
        provider_id: "pp_sandbox_b",
        method: "card",
        status: "ready",
      });
      const passed_over = await shopper.attempt(body.payment_attempt.fallback_of);
      expect(passed_over.body.payment_attempt).toMatchObject({
        provider_id: "pp_sandbox_a",
        status: "failed",
      });

      const paid = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(paid.body).toMatchObject({ type: "order", order: { display_id: 1 } });
    });

    it("hangs: the shopper waits no longer than the connect timeout before the next provider is asked", async () => {
      const shopper = await running.shopper();
      await running.bank().fault({ provider: "pp_sandbox_a", operation: "create", fault: "black_hole" });
      const started_at = performance.now();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const elapsed_ms = performance.now() - started_at;
      expect(body.payment_attempt.provider_id).toBe("pp_sandbox_b");
      expect(elapsed_ms).toBeGreaterThanOrEqual(TIMEOUT_DEFAULTS.connect_timeout_ms);
      expect(elapsed_ms).toBeLessThan(TIMEOUT_DEFAULTS.connect_timeout_ms * 2);
    });

    it("goes down between choosing and confirming: the card is charged at the other provider, once", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const paid = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(paid.body.type).toBe("order");
      const authorized = (await running.bank().ledger()).filter(
        ({ metadata, authorized_minor }) => metadata.attempt_id !== undefined && authorized_minor > 0,
      );
      expect(authorized.at(-1)).toMatchObject({ provider: "pp_sandbox_b", authorized_minor: 6980 });
    });

    it("leaves nobody to ask: 503 in plain words, and the other methods stay", async () => {
      const shopper = await running.shopper();
      await running.bank().fault({ fault: "refuse" });
      const { status, body } = await shopper.start("pp_sandbox_a:card");
      expect(status).toBe(503);
      expect(body).toMatchObject({ code: "method_unavailable" });
      const other = await shopper.start("pp_system_default:pp_system_default");
      const paid = await shopper.confirm(other.body.payment_attempt.id);
      expect(paid.body.type).toBe("order");
    });

    it("costs the shopper none of the cart's attempts", async () => {
      const { options } = tenderModule(running.container());
      const { attempts_per_cart } = options;
      options.attempts_per_cart = 3;
      const shopper = await running.shopper();
      await running.bank().fault({ provider: "pp_sandbox_a", operation: "create", fault: "http_429" });
      const statuses: number[] = [];
      for (let starts = 0; starts < 4; starts += 1) {
        statuses.push((await shopper.start("pp_sandbox_a:card")).status);
      }
      options.attempts_per_cart = attempts_per_cart;
      expect(statuses).toEqual([200, 200, 200, 429]);
    });

    it("opens the circuit after five faults, and then passes over without waiting for the hanging provider", async () => {
      await running.bank().fault({ provider: "pp_sandbox_a", operation: "create", fault: "black_hole" });
      const shopper = await running.shopper();
      for (let faults = 0; faults < 5; faults += 1) {
        await shopper.start("pp_sandbox_a:card");
      }
      const other = await running.shopper();
      const started_at = performance.now();
      const { body } = await other.start("pp_sandbox_a:card");
      expect(body.payment_attempt.provider_id).toBe("pp_sandbox_b");
      expect(performance.now() - started_at).toBeLessThan(TIMEOUT_DEFAULTS.connect_timeout_ms);
      const { body: listed } = await shopper.options();
      const card = listed.payment_options.find(({ method }: { method: string }) => method === "card");
      expect(card.provider_id).toBe("pp_sandbox_b");
    });
  });
});
