import { looksLikeCardTesting, type TryTally } from "../card-testing";
import { LimitsSchema } from "../limits-schema";

const { card_testing } = LimitsSchema.parse({});
if (!card_testing) throw new Error("It is on by default.");

const QUIET: TryTally = {
  refused: 0,
  refused_carts: 0,
  paid_carts: 0,
  blocked: 0,
  blocked_carts: 0,
  addresses: 1,
  unaddressed: 0,
};

describe("the store's refusals", () => {
  it.each<[string, Partial<TryTally>, boolean, boolean]>([
    ["a quiet shop", {}, false, false],
    ["one card after another over new carts", { refused: 10, refused_carts: 10 }, false, true],
    ["too few yet", { refused: 9, refused_carts: 9 }, false, false],
    ["one shopper who does not give up", { refused: 10, refused_carts: 1 }, false, false],
    ["a busy shop", { refused: 40, refused_carts: 35, paid_carts: 400 }, false, false],
    ["an attack beside some honest carts", { refused: 40, refused_carts: 35, paid_carts: 15 }, false, true],
    [
      "kept back by ordinary limits",
      { refused: 3, refused_carts: 3, blocked: 90, blocked_carts: 90 },
      false,
      false,
    ],
    [
      "an attack that the stricter limits keep back",
      { blocked: 90, blocked_carts: 90, paid_carts: 20 },
      true,
      true,
    ],
    ["one shopper kept back again and again", { blocked: 90, blocked_carts: 1 }, true, false],
    ["an attack that has stopped", { paid_carts: 20 }, true, false],
  ])("of %s", (_, tally, tightened, expected) => {
    expect(looksLikeCardTesting({ ...QUIET, ...tally }, card_testing, tightened)).toBe(expected);
  });
});
