/**
 * A clock that can be moved: the process's `Date` is replaced by one that is off by as much as the suite says.
 * Loaded before anything else. Timers are not moved.
 */
let offset_ms = 0;

const RealDate = Date;

/** Moves the clock to this distance from the real one. */
export function setClockOffset(ms: number): void {
  offset_ms = ms;
}

const now = (): number => RealDate.now() + offset_ms;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, new_target) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, new_target),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
});
