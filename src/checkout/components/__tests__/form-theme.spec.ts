import { isDark } from "../use-form-theme";

describe("the look handed to forms in frames", () => {
  it.each([
    ["#171a21", true],
    ["#ffffff", false],
    ["#1f5eff", true],
    ["#8fb0ff", false],
    ["white", false],
    ["rgb(0 0 0)", false],
  ])("is dark on %s: %s", (colour, is) => expect(isDark(colour)).toBe(is));
});
