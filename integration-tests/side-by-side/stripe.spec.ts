import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";
import { Arena, type Name } from "./contestants";
import { MONEY } from "./money";
import { NEWS } from "./news";
import { PAYING } from "./paying";
import { Stage, type Case } from "./stage";

const PAGE = path.resolve(__dirname, "../../docs/stripe-compared.md");
const [FROM, TO] = ["<!-- what both did -->\n", "<!-- to here -->"];
const CASES: readonly Case[] = [...PAYING, ...MONEY, ...NEWS];
const arena = new Arena();

/**
 * Tender's Stripe provider and `@medusajs/payment-stripe` in one Medusa, at one simulator: the same happens to both. What
 * came of it stands in docs/stripe-compared.md, which `WRITE_TABLE=1 npm test -- side-by-side` writes anew.
 */
withRunningStore(
  (running) => {
    const seen: Partial<Record<string, Record<Name, string>>> = {};

    afterEach(async () => {
      await arena.simulator.api.clearFaults();
      await arena.simulator.api.deliveriesSettled();
    });
    afterAll(() => arena.stop());

    describe.each(arena.contestants)("$name", (contestant) => {
      beforeEach(async () => {
        arena.redirectOfficial(running.container());
        arena.subscribe(running);
        await enableProviders(running.container(), running.store().region_id, [
          contestant.provider_id,
          "pp_sandbox_a",
        ]);
      });

      it.each(CASES)("$happens", async ({ happens, good, play }) => {
        const outcome = await play(new Stage(running, arena, contestant));
        seen[happens] = { ...(seen[happens] ?? { tender: "", official: "" }), [contestant.name]: outcome };
        if (contestant.name === "tender") {
          expect(outcome).toBe(good);
        }
      });
    });

    it("is what the page says", async () => {
      const page = await readFile(PAGE, "utf8");
      const start = page.indexOf(FROM) + FROM.length;
      const table = tableOf(seen);
      if (process.env.WRITE_TABLE) {
        await writeFile(PAGE, `${page.slice(0, start)}\n${table}\n${page.slice(page.indexOf(TO))}`);
      } else {
        expect(cells(page.slice(start, page.indexOf(TO)))).toEqual(cells(table));
      }
    });
  },
  () => arena.start(),
);

function tableOf(seen: Partial<Record<string, Record<Name, string>>>): string {
  const rows = CASES.map(({ happens, source, good }) => {
    const told = (name: Name) => {
      const outcome = seen[happens]?.[name] ?? "not played";
      return outcome === good ? `✓ ${outcome}` : outcome;
    };
    return `| ${happens}${source ? ` (${source})` : ""} | ${told("tender")} | ${told("official")} |`;
  });
  return ["| what happens | Tender | `@medusajs/payment-stripe` |", "| --- | --- | --- |", ...rows, ""].join(
    "\n",
  );
}

/** Without what a formatter changes. */
function cells(table: string): string[][] {
  return table
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s|:-]+$/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
}
