import { WindowCounter } from "../window-counter";

describe("a counter in memory", () => {
  let now = 0;
  const counterOf = (most_keys = 10) => new WindowCounter(most_keys, () => now);
  beforeEach(() => (now = 0));

  it("lets so many through and says how long the next must wait", () => {
    const counter = counterOf();
    expect([counter.hit("a", 2, 1_000), counter.hit("a", 2, 1_000)]).toEqual([0, 0]);
    now = 400;
    expect(counter.hit("a", 2, 1_000)).toBe(600);
    expect(counter.hit("b", 2, 1_000)).toBe(0);
    now = 1_000;
    expect(counter.hit("a", 2, 1_000)).toBe(0);
  });

  it("gives one back", () => {
    const counter = counterOf();
    counter.hit("a", 1, 1_000);
    counter.release("a");
    counter.release("a");
    expect([counter.hit("a", 1, 1_000), counter.hit("a", 1, 1_000)]).toEqual([0, 1_000]);
  });

  it("forgets the oldest key rather than grow", () => {
    const counter = counterOf(2);
    for (const key of ["a", "b", "c"]) counter.hit(key, 1, 1_000);
    expect(counter.hit("c", 1, 1_000)).toBe(1_000);
    expect(counter.hit("b", 1, 1_000)).toBe(1_000);
    expect(counter.hit("a", 1, 1_000)).toBe(0);
  });
});
