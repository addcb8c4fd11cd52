import { inspect } from "node:util";

/**
 * Everything that is written to a terminal from now on, until `jest.restoreAllMocks()`: by Medusa's logger, which writes to
 * the stream behind `console`, by whatever writes to the process's own, and by `console`, which jest may have muted.
 */
export function watchWritten(): readonly string[] {
  const written: string[] = [];
  const streams = new Set([process.stdout, process.stderr, ...streamsBehind(console)]);
  for (const stream of streams) {
    jest.spyOn(stream, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
  }
  for (const level of ["debug", "info", "log", "warn", "error"] as const) {
    jest.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      written.push(parts.map((part) => (typeof part === "string" ? part : inspect(part))).join(" "));
    });
  }
  return written;
}

/** Where Node.js keeps them, and winston finds them. */
function streamsBehind(of: Console): NodeJS.WriteStream[] {
  return ["_stdout", "_stderr"].map((name) => Reflect.get(of, name) as NodeJS.WriteStream);
}
