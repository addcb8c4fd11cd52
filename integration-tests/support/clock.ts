/** All that tells the time or waits, but `Date`. */
const NOT_FAKED = [
  "hrtime",
  "nextTick",
  "performance",
  "queueMicrotask",
  "setImmediate",
  "clearImmediate",
  "setInterval",
  "clearInterval",
  "setTimeout",
  "clearTimeout",
] as const;

/**
 * Later by the clock alone, for everything in this process, until `jest.useRealTimers()`: nothing waits for it.
 * @param at_ms Unix ms
 */
export function setClock(at_ms: number): void {
  jest.useFakeTimers({ advanceTimers: true, now: at_ms, doNotFake: [...NOT_FAKED] });
}
