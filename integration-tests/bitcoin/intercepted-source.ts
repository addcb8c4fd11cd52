import type { ChainSource } from "../../src/providers/bitcoin/chain/source";

/** The same source; before each request, `before` is told its name, and may throw in its place. */
export function intercepted(source: ChainSource, before: (request: string) => void): ChainSource {
  return new Proxy(source, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function"
        ? async (...params: unknown[]) => {
            before(String(name));
            return (await value.apply(target, params)) as unknown;
          }
        : value;
    },
  });
}
