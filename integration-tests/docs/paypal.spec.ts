import { METHOD_IDS } from "../../src/providers/paypal/methods";
import { OptionsSchema } from "../../src/providers/paypal/options";
import { EVENT_TYPES } from "../../src/providers/paypal/webhooks";
import { firstColumn, proseOf, sourceOf } from "./support/documents";

const DOCUMENT = "docs/paypal.md";
const COMPARED = "docs/paypal-compared.md";
/** Every test of these is of a row; those of a whole store show more besides. */
const ALL_NAMED = [
  "integration-tests/conformance/paypal-plugins-payments.spec.ts",
  "integration-tests/conformance/paypal-plugins-moves.spec.ts",
  "integration-tests/conformance/paypal-plugins-traffic.spec.ts",
];
const SPECS = [
  ...ALL_NAMED,
  "integration-tests/http/paypal-store.spec.ts",
  "integration-tests/http/paypal-late-money.spec.ts",
  "integration-tests/http/paypal-held-back.spec.ts",
];

describe("docs/paypal.md", () => {
  it("explains every option", () => {
    expect(firstColumn(DOCUMENT, "## Options").toSorted()).toEqual(
      Object.keys(OptionsSchema.shape).toSorted(),
    );
  });

  it("gives the options' defaults", () => {
    const section = proseOf(DOCUMENT).split("\n## Options\n")[1]?.split("\n## ")[0] ?? "";
    const {
      client_id: _id,
      client_secret: _secret,
      ...defaults
    } = OptionsSchema.parse({
      client_id: "a-client-id-for-the-docs",
      client_secret: "a-client-secret-for-the-docs",
    });
    for (const [name, value] of Object.entries(defaults)) {
      const [, told = ""] = section.match(new RegExp(`^\\| \`${name}\` \\| ([^|]*) \\|`, "m")) ?? [];
      const written = Array.isArray(value) ? value.join(", ") : String(value);
      expect(`${name}: ${told.replaceAll("`", "")}`).toBe(`${name}: ${written === "" ? "none" : written}`);
    }
  });

  it("lists every method", () => {
    expect(firstColumn(DOCUMENT, "## Methods").toSorted()).toEqual([...METHOD_IDS].toSorted());
  });

  it("lists every event to subscribe to", () => {
    expect(firstColumn(DOCUMENT, "## Webhooks").toSorted()).toEqual([...EVENT_TYPES].toSorted());
  });
});

describe("docs/paypal-compared.md", () => {
  const rows = (proseOf(COMPARED).split("<!-- defects -->")[1]?.split("<!-- to here -->")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .slice(1);
  const named = rows.map((row) =>
    [...(row.split("|").at(-2) ?? "").matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
  );
  const tests = SPECS.flatMap(testsIn);

  it("names a test of ours for every defect", () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((_, at) => named[at]?.length === 0)).toEqual([]);
  });

  it("names no test that there is not", () => {
    const missing = named.flat().filter((name) => !tests.some((test) => test.test(name)));
    expect(missing).toEqual([]);
  });

  it("leaves out no test that was made for a defect", () => {
    const all = named.flat();
    const unnamed = ALL_NAMED.flatMap(testsIn).filter((test) => !all.some((name) => test.test(name)));
    expect(unnamed).toEqual([]);
  });
});

/** The tests of a spec, each as its block and its name, with anything where a value is filled in. */
function testsIn(file: string): RegExp[] {
  const calls = sourceOf(file).matchAll(/(describe)\("([^"]+)", |\(\s*"((?:[^"\\]|\\.)+)",\s*async /g);
  let block = "";
  const tests: RegExp[] = [];
  for (const [, describes, title = "", name = ""] of calls) {
    if (describes) {
      block = title;
    } else {
      const literal = `${block}: ${name}`.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      tests.push(new RegExp(`^${literal.replaceAll(/%[sdj]/g, ".+")}$`));
    }
  }
  return tests;
}
