import type { CartFacts, OptionRules } from "../types";
import { CARD, gateway, ids, input, service } from "./fixtures";

const offered = (rules: OptionRules, cart: Partial<CartFacts>): boolean =>
  ids({
    cart: { ...input().cart, ...cart },
    providers: [gateway("pp_a", [CARD])],
    settings: [{ provider_id: "pp_a", enabled: true, rules }],
  }).length > 0;

describe("an operator's rules about customers", () => {
  const only = { customer_groups: { only: ["cusgroup_vip", "cusgroup_staff"] } };
  const never = { customer_groups: { never: ["cusgroup_late"] } };

  it("offer an option to customers of one of the groups alone, and to no guest", () => {
    expect(offered(only, { customer_group_ids: ["cusgroup_other", "cusgroup_staff"] })).toBe(true);
    expect(offered(only, { customer_group_ids: ["cusgroup_other"] })).toBe(false);
    expect(offered(only, { customer_group_ids: [] })).toBe(false);
  });

  it("keep it from customers of any of the groups, and offer it to guests", () => {
    expect(offered(never, { customer_group_ids: ["cusgroup_late", "cusgroup_vip"] })).toBe(false);
    expect(offered(never, { customer_group_ids: ["cusgroup_vip"] })).toBe(true);
    expect(offered(never, { customer_group_ids: [] })).toBe(true);
  });

  it("let the one that says never go before", () => {
    const both = { customer_groups: { only: ["cusgroup_vip"], never: ["cusgroup_late"] } };
    expect(offered(both, { customer_group_ids: ["cusgroup_vip", "cusgroup_late"] })).toBe(false);
  });
});

describe("an operator's rules about products", () => {
  const only = { products: { only: ["prod_a", "prod_b"] } };
  const never = { products: { never: ["prod_x"] } };

  it("offer an option to carts that hold nothing but these products", () => {
    expect(offered(only, { product_ids: ["prod_a", "prod_b", "prod_a"] })).toBe(true);
    expect(offered(only, { product_ids: ["prod_a", "prod_c"] })).toBe(false);
    expect(offered(only, { product_ids: ["prod_a", null] })).toBe(false);
  });

  it("keep it from carts that hold any of these", () => {
    expect(offered(never, { product_ids: ["prod_a", "prod_x"] })).toBe(false);
    expect(offered(never, { product_ids: ["prod_a", null] })).toBe(true);
  });

  it("hold an empty cart to nothing yet", () => {
    expect(offered(only, { product_ids: [] })).toBe(true);
    expect(offered(never, { product_ids: [] })).toBe(true);
  });
});

it("an option that a rule hides is not routed to anybody either", () => {
  const hidden = input({
    cart: { ...input().cart, product_ids: ["prod_x"] },
    providers: [gateway("pp_a", [CARD])],
    settings: [{ provider_id: "pp_a", enabled: true, rules: { products: { never: ["prod_x"] } } }],
  });
  expect(service.routeMethod("pp_a:card", hidden)).toEqual([]);
});
