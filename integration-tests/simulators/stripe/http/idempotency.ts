import { createHash } from "node:crypto";
import type { Answer } from "../../shared/answer";
import { invalidRequest, refusal } from "../errors";

const DAY_MS = 86_400_000;

type Kept = Readonly<{
  path: string;
  params: string;
  at_ms: number;
  request_id: string;
  answer: Answer | undefined;
}>;

/** One request under its key. */
export type Ticket = Readonly<{
  /** The answer the key got before. */
  replay?: Answer;
  keep(answer: Answer): void;
  /** Forgets a request that was not carried out. */
  release(): void;
}>;

/** Docs: Idempotent requests. Keys belong to an account and are forgotten after a day. */
export class Idempotency {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly now: () => number) {}

  /**
   * @throws StripeRefusal 400 `idempotency_error` for other parameters or another path, 409 `idempotency_key_in_use`
   */
  begin(account_id: string, key: string, path: string, body: string, request_id: string): Ticket {
    if (key.length > 255) {
      throw invalidRequest("Idempotency keys may be up to 255 characters long.");
    }
    const slot = `${account_id}:${key}`;
    const params = createHash("sha256").update(body).digest("hex");
    const before = this.kept.get(slot);
    if (before && this.now() - before.at_ms < DAY_MS) {
      return this.again(before, key, path, params);
    }
    const begun = { path, params, at_ms: this.now(), request_id, answer: undefined };
    this.kept.set(slot, begun);
    return {
      keep: (answer) => void this.kept.set(slot, { ...begun, answer }),
      release: () => void this.kept.delete(slot),
    };
  }

  private again(before: Kept, key: string, path: string, params: string): Ticket {
    if (before.answer === undefined) {
      throw refusal(
        409,
        "idempotency_error",
        "There is currently another in-progress request using this Idempotent Key (that probably means you submitted " +
          `twice, and the other request is still going through): ${key}. Please try again later.`,
        { code: "idempotency_key_in_use" },
      );
    }
    if (before.path !== path) {
      throw refusal(
        400,
        "idempotency_error",
        "Keys for idempotent requests can only be used for the same endpoint they were first used for " +
          `('${path}' vs '${before.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    if (before.params !== params) {
      throw refusal(
        400,
        "idempotency_error",
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using " +
          `a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    const headers = {
      ...before.answer.headers,
      "idempotent-replayed": "true",
      "original-request": before.request_id,
    };
    return { replay: { ...before.answer, headers }, keep: nothing, release: nothing };
  }
}

function nothing(): void {
  // A replay is only answered again; it holds nothing.
}
