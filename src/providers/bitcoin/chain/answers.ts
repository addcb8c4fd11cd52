import { NodeAnswersNonsense } from "./errors";

/**
 * Reads a source's answers: each takes a value from outside and gives it its type, or says that it makes no sense. What
 * was answered is not repeated in the error.
 */
export class Answers {
  /** @param who the source as operators know it */
  constructor(private readonly who: string) {}

  /** A block's hash or a transaction's id. */
  hash(value: unknown, what: string): string {
    return typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? value : this.refuse(what);
  }

  hashes(value: unknown, what: string): readonly string[] {
    return this.list(value, what).map((one) => this.hash(one, what));
  }

  bytes(value: unknown, what: string): Buffer {
    const is_hex = typeof value === "string" && value.length % 2 === 0 && /^[0-9a-f]+$/.test(value);
    return is_hex ? Buffer.from(value, "hex") : this.refuse(what);
  }

  height(value: unknown, what: string): number {
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : this.refuse(what);
  }

  list(value: unknown, what: string): readonly unknown[] {
    return Array.isArray(value) ? value : this.refuse(what);
  }

  fields(value: unknown, what: string): Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : this.refuse(what);
  }

  json(body: Buffer, what: string): unknown {
    try {
      return JSON.parse(body.toString("utf8"));
    } catch {
      return this.refuse(what);
    }
  }

  /** What `decode` makes of bytes. @throws NodeAnswersNonsense when it throws anything */
  decoded<T>(what: string, decode: () => T): T {
    try {
      return decode();
    } catch {
      return this.refuse(what);
    }
  }

  refuse(what: string): never {
    throw new NodeAnswersNonsense(`${this.who} answers nonsense: ${what} is not what it should be.`);
  }
}
