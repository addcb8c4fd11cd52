import type { IncomingMessage } from "node:http";
import { parse } from "qs";
import { html, page, redirect, type Answer } from "../../shared/answer";
import type { Account, IntentRecord, SetupRecord } from "../account";
import { resourceMissing } from "../errors";
import { decideIntent } from "../objects/confirm";
import { returnAddress } from "../objects/next-action";
import { decideSetupIntent } from "../objects/setup-intents";
import { readBody } from "./answer";

const PATH = /^\/simulator\/authenticate\/(\w+)$/;

/** True for the simulator's own pages, which are no part of Stripe's API. */
export function isPage(path: string): boolean {
  return PATH.test(path);
}

/**
 * The page a shopper is sent to, by 3-D Secure or by a bank: two buttons, then back to the shop.
 * @throws StripeRefusal 404 for an unknown intent, 400 when nothing is asked any more
 */
export async function shopperPage(accounts: readonly Account[], request: IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? "/", "http://simulator.invalid");
  const id = PATH.exec(pathname)?.[1] ?? "";
  const { account, record } = recordOf(accounts, id);
  if (request.method !== "POST") {
    return html(200, decisionPage(record));
  }
  const approves = parse(await readBody(request)).decision === "approve";
  decide(account, record, approves);
  const url = returnAddress(record, approves);
  return url === undefined ? html(200, page("Done", "<p>You can close this page.</p>")) : redirect(url);
}

/** The shopper's decision. @throws StripeRefusal 400 when nothing is asked */
export function decide(account: Account, record: IntentRecord | SetupRecord, approves: boolean): void {
  if (isSetup(record)) {
    decideSetupIntent(account, record, approves);
  } else {
    decideIntent(account, record, approves);
  }
}

/** @throws StripeRefusal 404 */
export function recordOf(
  accounts: readonly Account[],
  id: string,
): { account: Account; record: IntentRecord | SetupRecord } {
  for (const account of accounts) {
    const record = account.payment_intents.get(id) ?? account.setup_intents.get(id);
    if (record) {
      return { account, record };
    }
  }
  throw resourceMissing("intent", id);
}

function isSetup(record: IntentRecord | SetupRecord): record is SetupRecord {
  return record.object.object === "setup_intent";
}

function decisionPage({ object: intent, asked }: IntentRecord | SetupRecord): string {
  if (!asked) {
    return page("Nothing to decide", "<p>This payment is not waiting for you.</p>");
  }
  const what =
    intent.object === "payment_intent" ? `${intent.amount} ${intent.currency}, minor units` : "Save a card";
  return page(
    "Stripe simulator: authenticate",
    `<p>${what}</p><form method="post">
      <button name="decision" value="approve">Approve</button>
      <button name="decision" value="fail">Refuse</button>
    </form>`,
  );
}
