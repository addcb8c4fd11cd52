import type { IncomingMessage } from "node:http";
import { parse } from "qs";
import { html, page, readBody, redirect, type Answer } from "../../shared/answer";
import type { Account } from "../account";
import { PaypalRefusal, unknownResource } from "../errors";
import { approveOrder, awaitsPayer, failAuthentication } from "../objects/approval";
import { approveSetupToken } from "../objects/setup-tokens";
import type { Funding, OrderRecord, SetupTokenRecord } from "../records";

/** Where a payer approves an order, and where they agree to have a payment method saved. */
const ORDER_PATH = "/checkoutnow";
const SETUP_PATH = "/agreements/approve";

/** What a payer can choose to pay with. */
const FUNDINGS: Readonly<Record<string, Funding>> = {
  balance: { kind: "completes" },
  declined: { kind: "refused", issue: "INSTRUMENT_DECLINED" },
  echeck: { kind: "pending", reason: "ECHECK" },
};

const NOTHING_TO_DECIDE = html(200, page("Nothing to decide", "<p>This is not waiting for you.</p>"));

/** True for the simulator's own pages, which are no part of PayPal's API. */
export function isPage(path: string): boolean {
  return path === ORDER_PATH || path === SETUP_PATH;
}

/**
 * The page a payer is sent to: approve or cancel in PayPal, pass or fail 3-D Secure, then back to the shop with `token`
 * and, of a wallet, `PayerID`.
 * @throws PaypalRefusal INVALID_RESOURCE_ID, PAYMENT_ALREADY_APPROVED
 */
export async function payerPage(accounts: readonly Account[], request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://simulator.invalid");
  const id = searchParams.get("token") ?? "";
  const form =
    request.method === "POST"
      ? parse(await readBody(request, () => new PaypalRefusal([], [], 413)))
      : undefined;
  if (pathname === SETUP_PATH) {
    const token = setupTokenOf(accounts, id);
    return form ? decideSetup(token, form.decision === "approve") : setupPage(token);
  }
  const { account, order } = orderOf(accounts, id);
  return form
    ? decide(account, order, String(form.decision), FUNDINGS[String(form.funding)])
    : decisionPage(order);
}

/** @throws PaypalRefusal INVALID_RESOURCE_ID */
export function orderOf(accounts: readonly Account[], id: string): { account: Account; order: OrderRecord } {
  const account = accounts.find(({ orders }) => orders.has(id));
  const order = account?.orders.get(id);
  if (!account || !order) {
    throw unknownResource();
  }
  return { account, order };
}

/** @throws PaypalRefusal INVALID_RESOURCE_ID */
export function setupTokenOf(accounts: readonly Account[], id: string): SetupTokenRecord {
  const token = accounts.map(({ setup_tokens }) => setup_tokens.get(id)).find((found) => found !== undefined);
  if (!token) {
    throw unknownResource();
  }
  return token;
}

function decide(
  account: Account,
  order: OrderRecord,
  decision: string,
  funding: Funding | undefined,
): Answer {
  switch (decision) {
    case "approve":
      approveOrder(account, order, funding ? { funding } : {});
      return back(order.return_url, order);
    case "fail":
      failAuthentication(account, order);
      return back(order.return_url, order);
    default:
      return back(order.cancel_url, order);
  }
}

function decideSetup(token: SetupTokenRecord, approves: boolean): Answer {
  if (!approves) {
    return sentTo(token.cancel_url, {});
  }
  approveSetupToken(token);
  return sentTo(token.return_url, { approval_token_id: token.id });
}

function back(address: string | null, { id, instrument }: OrderRecord): Answer {
  const payer: Readonly<Record<string, string>> =
    instrument && "person" in instrument ? { PayerID: instrument.person.payer_id } : {};
  return sentTo(address, { token: id, ...payer });
}

/** Where the browser goes: the shop's address as it is, with what PayPal adds. */
function sentTo(address: string | null, added: Readonly<Record<string, string>>): Answer {
  if (address === null) {
    return html(200, page("Done", "<p>You can close this page.</p>"));
  }
  const url = new URL(address);
  Object.entries(added).forEach(([name, value]) => url.searchParams.set(name, value));
  return redirect(url.href);
}

function setupPage({ status }: SetupTokenRecord): Answer {
  return status === "PAYER_ACTION_REQUIRED"
    ? html(
        200,
        page(
          "PayPal simulator",
          `<p>Save this payment method?</p><form method="post">
            <button name="decision" value="approve">Approve</button>
            <button name="decision" value="cancel">Cancel</button>
          </form>`,
        ),
      )
    : NOTHING_TO_DECIDE;
}

function decisionPage(order: OrderRecord): Answer {
  if (!awaitsPayer(order)) {
    return NOTHING_TO_DECIDE;
  }
  const amounts = order.purchase_units
    .map(({ amount }) => `${amount.value} ${amount.currency_code}`)
    .join(", ");
  const card = order.instrument !== null && "card" in order.instrument;
  const choice = card
    ? `<button name="decision" value="approve">Approve</button> <button name="decision" value="fail">Fail</button>`
    : `<label>Pay with <select name="funding">
        <option value="balance">PayPal balance</option>
        <option value="declined">A card that is declined</option>
        <option value="echeck">A bank account, by eCheck</option>
      </select></label>
      <button name="decision" value="approve">Approve</button>`;
  return html(
    200,
    page(
      card ? "PayPal simulator: 3-D Secure" : "PayPal simulator",
      `<p>${amounts}</p><form method="post">${choice} <button name="decision" value="cancel">Cancel</button></form>`,
    ),
  );
}
