import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "@medusajs/framework/zod";
import { Agenda } from "./agenda";
import { NewsBook } from "./news";
import {
  ChangeSchema,
  toJson,
  type BankAnswer,
  type BankCustomer,
  type BankPayment,
  type BankSavedMethod,
  type Change,
} from "./records";

/** For how long the answer to a key is repeated (as at Stripe: at least 24 hours). */
export const ANSWER_LIFETIME_MS = 24 * 60 * 60 * 1000;

const LineSchema = z.object({ at: z.number(), changes: z.array(ChangeSchema) });

/**
 * Everything the bank knows, as an append-only journal: one line of JSON is one transaction. A line is handed
 * to the operating system before anything is answered, so what was answered outlives a killed process (not a
 * power cut: no fsync, this is a bank for development). Without a file it remembers only in memory.
 */
export class Ledger {
  readonly payments = new Map<string, BankPayment>();
  readonly customers = new Map<string, BankCustomer>();
  readonly saved_methods = new Map<string, BankSavedMethod>();
  /** What the clock alone will change. */
  readonly agenda = new Agenda();
  readonly news = new NewsBook();
  /** By how much the bank's clock is ahead of the real one. */
  advanced_ms = 0;
  /** How often a payment was written down, and at which count each was last; the same after a restart. */
  revision = 0;
  private readonly revisions = new Map<string, number>();
  private readonly answers = new Map<string, BankAnswer>();
  private readonly challenges = new Map<string, string>();
  private readonly listeners: ((changes: readonly Change[]) => void)[] = [];
  private file: number | undefined;
  private length_bytes = 0;

  /** Opens or makes the journal. Throws when a line other than a torn last one cannot be read. */
  constructor(file?: string) {
    if (file === undefined) {
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    this.file = openSync(file, "a+", 0o600);
    this.length_bytes = this.replay(readFileSync(file), file);
    // A torn last line is a transaction that was never answered: it did not happen.
    ftruncateSync(this.file, this.length_bytes);
  }

  /** Writes the changes as one transaction, then makes them visible and tells the listeners. */
  commit(changes: readonly Change[], at: number): void {
    if (changes.length === 0) {
      return;
    }
    this.append(Buffer.from(`${toJson({ at, changes })}\n`));
    changes.forEach((change) => this.apply(change));
    this.forgetAnswers(at);
    this.listeners.forEach((listen) => listen(changes));
  }

  onCommit(listener: (changes: readonly Change[]) => void): void {
    this.listeners.push(listener);
  }

  /** The revision in which the payment was written down last; 0 when it never was. */
  revisionOf(reference: string): number {
    return this.revisions.get(reference) ?? 0;
  }

  answerOf(provider: string, key: string): BankAnswer | undefined {
    return this.answers.get(answerKey(provider, key));
  }

  /** The payment that a challenge page belongs to, also after the challenge was decided or replaced. */
  paymentOfChallenge(challenge_id: string): BankPayment | undefined {
    return this.payments.get(this.challenges.get(challenge_id) ?? "");
  }

  close(): void {
    if (this.file !== undefined) {
      closeSync(this.file);
      this.file = undefined;
    }
  }

  private append(line: Buffer): void {
    if (this.file === undefined) {
      return;
    }
    let written = 0;
    try {
      while (written < line.length) {
        written += writeSync(this.file, line, written);
      }
    } catch (error) {
      // A full disk must not leave half a line for the next transaction to be glued to.
      ftruncateSync(this.file, this.length_bytes);
      throw error;
    }
    this.length_bytes += line.length;
  }

  /** Returns the length in bytes of what could be read. */
  private replay(content: Buffer, file: string): number {
    let start = 0;
    let line_number = 1;
    for (let end = content.indexOf(0x0a); end >= 0; end = content.indexOf(0x0a, start)) {
      const { at, changes } = parseLine(content.toString("utf8", start, end), file, line_number);
      changes.forEach((change) => this.apply(change));
      this.forgetAnswers(at);
      start = end + 1;
      line_number += 1;
    }
    return start;
  }

  private apply(change: Change): void {
    switch (change.kind) {
      case "payment":
        this.payments.set(change.value.reference, change.value);
        this.agenda.note(change.value);
        this.revision += 1;
        this.revisions.set(change.value.reference, this.revision);
        if (change.value.challenge) {
          this.challenges.set(change.value.challenge.id, change.value.reference);
        }
        return;
      case "customer":
        this.customers.set(change.value.id, change.value);
        return;
      case "saved_method":
        this.saved_methods.set(change.value.id, change.value);
        return;
      case "saved_method_removed":
        this.saved_methods.delete(change.id);
        return;
      case "answer":
        this.keepAnswer(change.value);
        return;
      case "event":
        this.news.add(change.value);
        return;
      case "event_closed":
        this.news.close(change);
        return;
      case "clock":
        this.advanced_ms = change.advanced_ms;
        return;
    }
  }

  private keepAnswer(answer: BankAnswer): void {
    const key = answerKey(answer.provider, answer.key);
    // Out first, so that the oldest answers stay in front.
    this.answers.delete(key);
    this.answers.set(key, answer);
  }

  private forgetAnswers(now: number): void {
    for (const [key, { at }] of this.answers) {
      if (now - at < ANSWER_LIFETIME_MS) {
        return;
      }
      this.answers.delete(key);
    }
  }
}

function answerKey(provider: string, key: string): string {
  return JSON.stringify([provider, key]);
}

function parseLine(line: string, file: string, line_number: number): z.output<typeof LineSchema> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    json = undefined;
  }
  const parsed = LineSchema.safeParse(json);
  if (!parsed.success) {
    throw new Error(
      `Line ${line_number} of the ledger ${file} cannot be read. Restore the file, or remove it to begin with an empty ledger.`,
    );
  }
  return parsed.data;
}
