/** The sandbox bank's own program, with a clock that the runner moves together with the store's. */
import { setClockOffset } from "./clock";
import "../../../src/providers/sandbox/bank/main";

process.on("message", ({ offset_ms }: { offset_ms: number }) => {
  setClockOffset(offset_ms);
  process.send?.({ offset_ms });
});
process.once("disconnect", () => process.exit(0));
