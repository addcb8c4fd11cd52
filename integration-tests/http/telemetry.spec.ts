import { metrics as api } from "@medusajs/framework/opentelemetry/api";
import { metrics as sdk } from "@medusajs/framework/opentelemetry/sdk-node";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { Logger } from "@medusajs/framework/types";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { WEBHOOK_SECRETS } from "../support/bank";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const INSUFFICIENT_FUNDS = "4000000000009995";
const LEVELS = ["silly", "debug", "verbose", "http", "info", "warn", "error"] as const;

/** Reads what was counted in this process with OpenTelemetry's own SDK. */
class Reader extends sdk.MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}

  async points() {
    const { resourceMetrics } = await this.collect();
    return resourceMetrics.scopeMetrics
      .filter(({ scope }) => scope.name === "medusa-tender")
      .flatMap(({ metrics }) => metrics)
      .flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({ name: descriptor.name, attributes, value })),
      );
  }
}

withRunningStore((running) => {
  let reader: Reader;
  let log: { level: string; line: string }[];

  beforeEach(() => {
    reader = new Reader();
    api.setGlobalMeterProvider(new sdk.MeterProvider({ readers: [reader] }));
    log = [];
    const logger = running.container().resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    for (const level of LEVELS) {
      jest.spyOn(logger, level).mockImplementation((...said: unknown[]) => {
        log.push({ level, line: said.map(String).join(" ") });
      });
    }
  });
  afterEach(() => {
    jest.restoreAllMocks();
    api.disable();
  });

  const tellsOf = (event: string) => log.filter(({ line }) => line.startsWith(`${event} `));

  describe("a payment", () => {
    it("leaves one line for each call to the gateway, and no card number or key in any line", async () => {
      const shopper = await running.shopper();
      const refused = await shopper.pay("pp_sandbox_a:card", INSUFFICIENT_FUNDS);
      const paid = await shopper.pay("pp_sandbox_b:card", APPROVES);
      const first = refused.started.body.payment_attempt.id;
      const second = paid.started.body.payment_attempt.id;
      expect(paid.confirmed.body.type).toBe("order");

      const lines = tellsOf("tender.operation").map(({ level, line }) =>
        `${level} ${line}`.replace(/ ms=\d+/, " ms=…"),
      );
      const a = "info tender.operation provider=pp_sandbox_a";
      const b = "info tender.operation provider=pp_sandbox_b";
      expect(lines.sort()).toEqual([
        `${a} kind=authorize outcome=declined decline=funds_limit ms=… attempt=${first}`,
        `${a} kind=cancel outcome=succeeded ms=… attempt=${first}`,
        `${a} kind=create outcome=action_required ms=… attempt=${first}`,
        `${b} kind=authorize outcome=approved ms=… attempt=${second}`,
        `${b} kind=create outcome=action_required ms=… attempt=${second}`,
      ]);

      const everything = log.map(({ line }) => line).join("\n");
      const secrets = [
        APPROVES,
        INSUFFICIENT_FUNDS,
        "api-key-of-sandbox-a",
        "api-key-of-sandbox-b",
        ...Object.values(WEBHOOK_SECRETS),
      ];
      expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
    });

    it("is counted and timed without ids", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", INSUFFICIENT_FUNDS);
      await shopper.pay("pp_sandbox_b:card", APPROVES);
      const points = await reader.points();
      expect(points).toEqual(
        expect.arrayContaining([
          {
            name: "tender.operations",
            attributes: {
              "tender.provider": "pp_sandbox_a",
              "tender.kind": "authorize",
              "tender.outcome": "declined",
              "tender.decline_category": "funds_limit",
            },
            value: 1,
          },
          {
            name: "tender.operation.duration",
            attributes: {
              "tender.provider": "pp_sandbox_b",
              "tender.kind": "authorize",
              "tender.outcome": "approved",
            },
            value: expect.objectContaining({ count: 1 }),
          },
        ]),
      );
      const labels = points.flatMap(({ attributes }) => Object.values(attributes));
      expect(labels.filter((label) => /pay(att|op|col|ses)_|cart_/.test(String(label)))).toEqual([]);
    });

    it("whose outcome is unknown is a warning", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const once = { provider: "pp_sandbox_a", operation: "authorize", times: 1 };
      await running.bank().fault({ ...once, fault: "reset_after" });
      await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(
        tellsOf("tender.operation").map(({ level, line }) => [level, / outcome=(\w+)/.exec(line)?.[1]]),
      ).toEqual([
        ["info", "action_required"],
        ["warn", "unknown"],
      ]);
    });
  });

  describe("a gateway that is down", () => {
    it("is told to be unavailable until the circuit opens, and then not to be asked", async () => {
      await running.bank().fault({ provider: "pp_sandbox_b", fault: "refuse" });
      for (let tries = 0; tries < 7; tries += 1) {
        const shopper = await running.shopper();
        await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id }).then(({ body }) =>
          shopper.post(`/store/payment-collections/${body.payment_collection.id}/payment-sessions`, {
            provider_id: "pp_sandbox_b",
          }),
        );
      }
      const outcomes = tellsOf("tender.operation").map(({ line }) => / outcome=(\w+)/.exec(line)?.[1]);
      expect(outcomes).toEqual([...Array<string>(5).fill("unavailable"), "circuit_open", "circuit_open"]);
    });
  });

  describe("a finding", () => {
    it("is told and counted once however often it is found, and once when it is closed", async () => {
      const tender = tenderModule(running.container());
      const finding = {
        kind: "provider_misconfigured",
        provider_id: "pp_sandbox_a",
        subject: "telemetry",
        detail: "The key was refused.\ntender.finding kind=forged",
      } as const;
      await Promise.all([1, 2, 3].map(() => tender.openFinding(finding)));
      await tender.closeFinding("provider_misconfigured", "telemetry", "Fixed.");
      expect(
        tellsOf("tender.finding").map(
          ({ level, line }) => `${level} ${line.replace(/payfind_\w+/, "payfind_…")}`,
        ),
      ).toEqual([
        'error tender.finding provider=pp_sandbox_a kind=provider_misconfigured severity=high state=open finding=payfind_… detail="The key was refused. tender.finding kind=forged"',
        "info tender.finding provider=pp_sandbox_a kind=provider_misconfigured severity=high state=resolved finding=payfind_… detail=Fixed.",
      ]);
      const counted = (await reader.points()).filter(({ name }) => name === "tender.findings");
      expect(counted.map(({ attributes, value }) => [attributes["tender.state"], value])).toEqual([
        ["open", 1],
        ["resolved", 1],
      ]);
    });
  });
});
