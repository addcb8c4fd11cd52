import { MAX_ATTEMPTS_PER_CART } from "../../../services";
import { parseTenderOptions } from "../options";

describe("the plugin's options", () => {
  it("have a default each", () => {
    expect(parseTenderOptions(undefined)).toMatchObject({ attempts_per_cart: MAX_ATTEMPTS_PER_CART });
  });

  it("may lower the attempts of a cart, not raise them", () => {
    expect(parseTenderOptions({ attempts_per_cart: 3 }).attempts_per_cart).toBe(3);
    expect(() => parseTenderOptions({ attempts_per_cart: MAX_ATTEMPTS_PER_CART + 1 })).toThrow(
      /attempts_per_cart/,
    );
  });

  it("take a web address as the store's own, and nothing a browser would run", () => {
    expect(parseTenderOptions({}).store_url).toBeUndefined();
    expect(parseTenderOptions({ store_url: "https://fern.example/shop" }).store_url).toBe(
      "https://fern.example/shop",
    );
    expect(() => parseTenderOptions({ store_url: "javascript:alert(1)" })).toThrow(/store_url/);
    expect(() => parseTenderOptions({ store_url: "fern.example" })).toThrow(/store_url/);
  });
});
