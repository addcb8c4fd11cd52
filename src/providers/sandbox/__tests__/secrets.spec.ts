import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { API_KEY, call, card, confirmed, created, errorOf, openBank, WEBHOOK_SECRET } from "./support";

/** A code that occurs in no hash, time or id by chance is hard to find in three digits; four do. */
const AMEX = card("378282246310005", { cvc: "7391", save: true });

describe("card data and keys", () => {
  it("are nowhere in the ledger, in snapshots, in what the control API shows or in errors", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-secrets-"));
    const ledger_file = join(folder, "ledger.jsonl");
    const bank = await openBank({ ledger_file });
    const seen: unknown[] = [];
    try {
      const { gateway } = bank;
      const customer = { gateway_customer_id: await gateway.customers.ensure({ id: "cus_1" }, call()) };
      seen.push(await confirmed(gateway, await created(gateway, { customer }), AMEX));
      seen.push(await gateway.saved_methods.list(customer.gateway_customer_id));
      for (const number of ["4000000000009995", "4000002760003184", "4012888888881881", "4242424242424241"]) {
        const reference = await created(gateway, { customer });
        seen.push(await confirmed(gateway, reference, card(number, { save: true })));
        seen.push(await bank.control("GET", `payments/${reference}`));
      }
      for (const fault of ["http_500", "http_429", "reset_after", "malformed", "mistyped", "refuse"]) {
        const reference = await created(gateway);
        await bank.control("POST", "faults", { fault });
        seen.push(await errorOf(confirmed(gateway, reference, AMEX)));
        await bank.control("DELETE", "faults");
      }
      seen.push(
        await errorOf(confirmed(gateway, await created(gateway), { card: { number: "378282246310005" } })),
      );
      seen.push(await bank.control("GET", "ledger"), gateway.clientConfig("card"), gateway.capabilities);
    } finally {
      await bank.stop();
    }
    const ledger = readFileSync(ledger_file, "utf8");
    rmSync(folder, { recursive: true });
    const text = ledger + inspect(seen, { depth: 20, showHidden: true, maxStringLength: Infinity });

    // The haystack is the right one: what may be kept is in it.
    expect(text).toContain('"last4":"0005"');
    expect(text).toContain("ECONNREFUSED");
    for (const secret of [
      "378282246310005",
      "4000000000009995",
      "4000002760003184",
      "4012888888881881",
      "4242424242424241",
      "7391",
      API_KEY,
      WEBHOOK_SECRET,
    ]) {
      // Random ids may hold any four digits; a cvc would stand alone.
      expect(text).not.toMatch(new RegExp(`(?<![0-9a-f-])${secret}(?![0-9a-f-])`));
    }
  });
});
