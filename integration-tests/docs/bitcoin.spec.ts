import { CHAIN_NAMES } from "../../src/providers/bitcoin/chains";
import { PaymentPolicySchema } from "../../src/providers/bitcoin/invoices/policy";
import { OptionsSchema } from "../../src/providers/bitcoin/options";
import { HTTP_SOURCES } from "../../src/providers/bitcoin/rates";
import { RefundOptionsSchema } from "../../src/providers/bitcoin/refunds/options";
import { blocksOf, existsInRepository, firstColumn, proseOf, sourceOf } from "./support/documents";

const DOCUMENT = "docs/bitcoin.md";
const CASES = 22;

/** As an operator would have to write them: amounts of coins are decimals there. */
const COINS = { trust_unconfirmed_up_to: '"0"' };
const TIERS = '[{ up_to: "0.01", blocks: 1 }, { up_to: "0.1", blocks: 3 }, { blocks: 6 }]';

const policy = PaymentPolicySchema.parse({});
const RATES = OptionsSchema.shape.rates.unwrap();

describe("docs/bitcoin.md", () => {
  it.each([
    ["## Options", Object.keys(OptionsSchema.shape)],
    ["### Options of `policy`", Object.keys(PaymentPolicySchema.shape)],
    ["### Options of `rates`", Object.keys(RATES.shape)],
    ["### Options of `refunds`", Object.keys(RefundOptionsSchema.shape)],
    ["### Chains", CHAIN_NAMES],
  ])("explains every one of: %s", (heading, names) => {
    expect(firstColumn(DOCUMENT, heading).toSorted()).toEqual([...names].toSorted());
  });

  it.each([
    ["### Options of `policy`", { ...policy, ...COINS, confirmations: TIERS }],
    ["### Options of `rates`", { ...RATES.parse({}), sources: "all five" }],
    ["### Options of `refunds`", RefundOptionsSchema.parse({})],
  ])("gives the defaults: %s", (heading, defaults) => {
    const told = defaultsIn(heading);
    const expected = Object.entries(defaults).map(([name, value]) => `${name}: ${String(value)}`);
    expect(expected.filter((line) => !told.includes(line))).toEqual([]);
  });

  it("gives the policy's tiers as the parser takes them", () => {
    const confirmations = [{ up_to: "0.01", blocks: 1 }, { up_to: "0.1", blocks: 3 }, { blocks: 6 }];
    expect(PaymentPolicySchema.parse({ confirmations }).confirmations).toEqual(policy.confirmations);
  });

  it("names every source of rates", () => {
    const [, told = ""] =
      sectionOf("### Options of `rates`").match(/^\| `sources` \|[^|]*\| (.*) \|$/m) ?? [];
    expect(codesIn(told).toSorted()).toEqual(Object.keys(HTTP_SOURCES).toSorted());
  });

  it("lets the node's user call what is asked of a node, and no more", () => {
    const listed = blocksOf(DOCUMENT).flatMap(({ text }) =>
      [...text.matchAll(/^rpcwhitelist=\w+:(.*)$/gm)].flatMap(([, names = ""]) => names.split(",")),
    );
    const source = sourceOf("src/providers/bitcoin/chain/core-rpc-source.ts");
    const asked = source.matchAll(/"((?:get|send|test|estimate)[a-z]+)"/g);
    expect(listed.toSorted()).toEqual([...new Set([...asked].map(([, name]) => name))].toSorted());
  });
});

describe("the cases of docs/bitcoin.md", () => {
  const rows = sectionOf("### Cases")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .slice(1);

  it("are all there, each with a test", () => {
    expect(rows).toHaveLength(CASES);
    expect(rows.filter((row) => testsOf(row).length === 0)).toEqual([]);
  });

  it("name no test that there is not", () => {
    const missing = rows.flatMap(testsOf).filter(({ file, name }) => !isTestOf(file, name));
    expect(missing).toEqual([]);
  });
});

/** The text below a heading, up to the next. */
function sectionOf(heading: string): string {
  return (
    proseOf(DOCUMENT)
      .split(`\n${heading}\n`)[1]
      ?.split(/\n#{1,3} /)[0] ?? ""
  );
}

function defaultsIn(heading: string): string[] {
  const rows = sectionOf(heading).matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm);
  return [...rows].map(([, name = "", told = ""]) => `${name}: ${told.replaceAll("`", "")}`);
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

type NamedTest = Readonly<{ file: string; name: string }>;

/** The tests in a row's last column: each file in backticks, and its tests in quotes after it. */
function testsOf(row: string): NamedTest[] {
  let file = "";
  const tests: NamedTest[] = [];
  for (const [, named, name = ""] of (row.split("|").at(-2) ?? "").matchAll(/`([^`]+)`|"([^"]+)"/g)) {
    if (named !== undefined) {
      file = named;
    } else {
      tests.push({ file, name });
    }
  }
  return tests;
}

/** True for a test or a group of tests of the file, or for the row of a table that names one. */
function isTestOf(file: string, name: string): boolean {
  const literal = JSON.stringify(name).replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return (
    existsInRepository(file) &&
    new RegExp(`(?:\\b(?:it|describe)\\(|\\)\\(|\\[)\\s*${literal},`).test(sourceOf(file))
  );
}
