import type { StoredOverride } from "../../../services";
import { LiveRecovery } from "../live-recovery";

const RISK = { category: "risk", code: "fraudulent" } as const;
const CONTEXT = {
  tries_on_provider: 1,
  switches: 0,
  attempts_in_cart: 1,
  provider_alternatives: 1,
  other_methods: 1,
  credential_in_hand: true,
  portable_credential: true,
  authenticated: false,
};
const OPTED_IN: StoredOverride = { rule_id: "category.risk", change: { opted_in: true } };

/** A table of overrides, a clock and a log in memory. */
function setUp() {
  const table = { rows: [] as StoredOverride[], reads: 0, list: async () => [] as StoredOverride[] };
  table.list = async () => {
    table.reads += 1;
    return table.rows;
  };
  const clock = { now: 1_000 };
  const warnings: string[] = [];
  const logger = { warn: (message: string) => void warnings.push(message) };
  const recovery = new LiveRecovery(table, logger, () => clock.now);
  return { table, clock, warnings, recovery, action: () => recovery.recover(RISK, CONTEXT).action };
}

it("decides by Tender's own rules before anything was read", () => {
  expect(setUp().action()).toBe("choose_another_method");
});

it("takes what another server changed once what it knows is two seconds old, and asks no sooner", async () => {
  const { table, clock, recovery, action } = setUp();
  await recovery.refresh();
  table.rows = [OPTED_IN];
  clock.now += 1_999;
  await recovery.refresh();
  expect([action(), table.reads]).toEqual(["choose_another_method", 1]);
  clock.now += 1;
  await recovery.refresh();
  expect([action(), table.reads]).toEqual(["switch_provider", 2]);
});

it("takes what was changed here at once, also while an older read is under way", async () => {
  const { table, recovery, action, clock } = setUp();
  let answerLate = (): void => undefined;
  const { list } = table;
  table.list = () => new Promise((resolve) => (answerLate = () => resolve([])));
  const older = recovery.refresh();
  table.list = list;
  table.rows = [OPTED_IN];
  clock.now += 1;
  await recovery.refresh(0);
  expect(action()).toBe("switch_provider");
  answerLate();
  await older;
  expect(action()).toBe("switch_provider");
});

it("reads once for all who ask at the same time", async () => {
  const { table, recovery } = setUp();
  await Promise.all([recovery.refresh(), recovery.refresh(), recovery.refresh()]);
  expect(table.reads).toBe(1);
});

it("goes on with what it knew when it cannot read, says so, and tries again", async () => {
  const { table, clock, recovery, action, warnings } = setUp();
  table.rows = [OPTED_IN];
  await recovery.refresh();
  const { list } = table;
  table.list = async () => {
    throw new Error("the database is away");
  };
  clock.now += 5_000;
  await recovery.refresh();
  expect(action()).toBe("switch_provider");
  expect(warnings).toEqual([expect.stringContaining("the database is away")]);
  table.list = list;
  table.rows = [];
  await recovery.refresh();
  expect(action()).toBe("choose_another_method");
});

it("tells whoever has just changed a rule that it cannot be read, instead of the former one", async () => {
  const { table, recovery } = setUp();
  table.list = async () => {
    throw new Error("the database is away");
  };
  await expect(recovery.refresh(0)).rejects.toThrow("the database is away");
});

it("warns once of an override without effect, and tells it", async () => {
  const { table, clock, recovery, warnings } = setUp();
  table.rows = [{ rule_id: "category.long_gone", change: { then: "stop" } }];
  await recovery.refresh();
  clock.now += 5_000;
  await recovery.refresh();
  expect(warnings).toEqual([expect.stringContaining("category.long_gone")]);
  expect(recovery.overridden.ignored).toEqual([{ rule_id: "category.long_gone", problem: "unknown_rule" }]);
});
