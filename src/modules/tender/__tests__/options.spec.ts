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
});
