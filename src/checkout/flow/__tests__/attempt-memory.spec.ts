import { browserMemory } from "../attempt-memory";

/** A tab of a browser; `storage: false` is one whose settings forbid to keep anything. */
function tab(href: string, { storage = true } = {}) {
  const kept = new Map<string, string>();
  const location = { href };
  const forbid = (): never => {
    throw new Error("SecurityError");
  };
  const view = {
    location,
    history: {
      state: null,
      replaceState: (_state: unknown, _title: string, address: string | URL) => {
        location.href = String(address);
      },
    },
    sessionStorage: {
      getItem: storage ? (key: string) => kept.get(key) ?? null : forbid,
      setItem: storage ? (key: string, value: string) => void kept.set(key, value) : forbid,
      removeItem: storage ? (key: string) => void kept.delete(key) : forbid,
    },
  };
  return { location, memory: browserMemory("cart_1", () => view as unknown as Window) };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("the memory of an attempt", () => {
  it("is found again after a reload", () => {
    const { memory } = tab("https://shop.example/checkout/cart_1");
    memory.write("att_1");
    expect(memory.read()).toEqual({ attemptId: "att_1", returned: false });
  });

  it("that is forgotten is found neither in the storage nor in the address", () => {
    const { memory, location } = tab("https://shop.example/checkout/cart_1?locale=ar");
    memory.write("att_1");
    memory.makeLinkable("att_1");
    memory.forget();
    expect(memory.read()).toEqual({ attemptId: null, returned: false });
    expect(location.href).toBe("https://shop.example/checkout/cart_1?locale=ar");
  });

  it("counts the waiting from its beginning, over reloads and after it was forgotten", () => {
    const { memory } = tab("https://shop.example/checkout/cart_1");
    const began = Date.now();
    expect(memory.waitingSince("att_1")).toBe(began);
    jest.advanceTimersByTime(30_000);
    memory.forget();
    expect(memory.waitingSince("att_1")).toBe(began);
    expect(memory.waitingSince("att_2")).toBe(began + 30_000);
  });

  it("never lies in the future when the clock is set back", () => {
    const { memory } = tab("https://shop.example/checkout/cart_1");
    const began = memory.waitingSince("att_1");
    jest.setSystemTime(began - 3_600_000);
    expect(memory.waitingSince("att_1")).toBe(began - 3_600_000);
  });

  it("does without where the browser keeps nothing", () => {
    const { memory } = tab("https://shop.example/checkout/cart_1", { storage: false });
    memory.write("att_1");
    memory.forget();
    expect(memory.read().attemptId).toBeNull();
    expect(memory.waitingSince("att_1")).toBe(Date.now());
  });
});
