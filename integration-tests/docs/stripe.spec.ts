import { METHOD_IDS, METHODS } from "../../src/providers/stripe/methods";
import { OFFICIAL_NAMES, OptionsSchema } from "../../src/providers/stripe/options";
import { EVENT_TYPES } from "../../src/providers/stripe/webhooks";
import { firstColumn, proseOf } from "./support/documents";

const DOCUMENT = "docs/stripe.md";

describe("docs/stripe.md", () => {
  it("explains every option", () => {
    const options = Object.keys(OptionsSchema.shape).filter((name) => name !== "async_payment_method_types");
    expect(firstColumn(DOCUMENT, "## Options").toSorted()).toEqual(options.toSorted());
  });

  it("lists every method, and which take the money at once", () => {
    expect(firstColumn(DOCUMENT, "## Methods").toSorted()).toEqual([...METHOD_IDS].toSorted());
    const at_once = proseOf(DOCUMENT).match(/^\|([^|]+)\| taken at once \|/m)?.[1] ?? "";
    const named = [...at_once.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => METHODS[name as keyof typeof METHODS].captures_later)).toEqual([]);
  });

  it("lists every event to subscribe to", () => {
    expect(firstColumn(DOCUMENT, "## Webhooks").toSorted()).toEqual([...EVENT_TYPES].toSorted());
  });
});

describe("docs/from-payment-stripe.md", () => {
  it("says what becomes of every option of the official plugin", () => {
    const listed = firstColumn("docs/from-payment-stripe.md", "## Options");
    expect(listed).toEqual(expect.arrayContaining(Object.keys(OFFICIAL_NAMES)));
  });
});
