import { isDeepStrictEqual } from "node:util";
import { inWords, type Answer } from "../system/http";
import type { Lane } from "../schedule/lane";
import type { ConfirmData, Decision, Instrument, Method, PageAnswer } from "../gateways/gateway";
import type { Side } from "./sides";

/** The option of a method through one of the lane's accounts, as the shopper may name it. */
export function optionOf(lane: Lane, side: Side, method: Method): string {
  return `${lane.spec.providers[side]}:${lane.stage.gateway.methodId(method, lane.spec)}`;
}

/** Starts an attempt; what comes of it is the one the shopper sees. */
export async function start(lane: Lane, option_id: string, request_key?: string): Promise<Answer> {
  const answer = await lane.shop(
    "POST",
    `/store/carts/${lane.cart_id}/payment-attempts`,
    { option_id },
    request_key ? { "idempotency-key": request_key } : {},
  );
  lane.note(`start ${option_id}`, answer);
  see(lane, answer);
  return answer;
}

/** Starts an attempt unless the shopper sees one of this option already. */
export async function haveAttempt(lane: Lane, option_id: string): Promise<boolean> {
  if (lane.attempt?.option_id !== option_id) {
    await start(lane, option_id);
  }
  return lane.attempt !== undefined;
}

/**
 * What the storefront sends with confirm for this instrument; a form is filled in for the attempt the shopper sees.
 * @returns undefined when the gateway's form in the browser failed, after which the shopper cannot go on
 */
export async function makeReady(
  lane: Lane,
  { data, form }: Instrument,
): Promise<Readonly<{ data?: ConfirmData }> | undefined> {
  const { bank, gateway } = lane.stage;
  if (!form || !gateway.fillForm) {
    return { data };
  }
  const account = accountOf(lane, lane.attempt?.option_id ?? "");
  const { url = "" } = bank.accounts[account] ?? {};
  const made = await gateway.fillForm(url, account, form, lane.attempt?.client ?? {});
  if (!made) {
    lane.timeline.note("the form in the browser failed");
  }
  return made && { data: made };
}

/** Confirms with this instrument, where it could be made ready. */
export async function payWith(
  lane: Lane,
  instrument: Instrument,
  what?: string,
): Promise<Answer | undefined> {
  const ready = await makeReady(lane, instrument);
  return ready && confirm(lane, ready.data, what);
}

/** Confirms the attempt the shopper sees. */
export async function confirm(lane: Lane, data?: ConfirmData, what = ""): Promise<Answer> {
  if (!lane.attempt) {
    return { status: 0, body: {} };
  }
  const { id } = lane.attempt;
  const answer = await lane.shop(
    "POST",
    `/store/carts/${lane.cart_id}/payment-attempts/${id}/confirm`,
    data ? { data } : {},
  );
  lane.note(`confirm ${id}${what ? ` ${what}` : ""}`, answer);
  if (answer.status === 200 && answer.body.type === "order") {
    lane.order_id = answer.body.order.id;
    lane.attempt = undefined;
  } else if (answer.status === 402 || answer.body?.code === "attempt_closed") {
    lane.attempt = undefined;
  } else {
    see(lane, answer);
  }
  return answer;
}

/** Asks how the attempt stands. */
export async function poll(lane: Lane): Promise<Answer | undefined> {
  if (!lane.attempt) {
    return undefined;
  }
  const answer = await lane.shop("GET", `/store/carts/${lane.cart_id}/payment-attempts/${lane.attempt.id}`);
  lane.timeline.note(
    `poll ${lane.attempt.id}: ${inWords(answer)} ${answer.body?.payment_attempt?.status ?? ""}`,
  );
  return answer;
}

/** Sets how many of its one line the cart holds. */
export async function changeQuantity(lane: Lane, quantity: number): Promise<Answer> {
  const answer = await lane.shop("POST", `/store/carts/${lane.cart_id}/line-items/${lane.line_item_id}`, {
    quantity,
  });
  return lane.note(`change quantity to ${quantity}`, answer);
}

/** Decides on the bank's page, where the last answer sent the shopper. */
export async function decide(lane: Lane, decision: Decision): Promise<void> {
  const page = lane.attempt?.page;
  if (!page) {
    return lane.timeline.note(`there is no page of the bank to ${decision} on`);
  }
  const answer = lane.stage.gateway.decisions[page.reason][decision];
  if (answer === null) {
    return lane.timeline.note(`${decision} on the bank's page: left undecided`);
  }
  const { status } = await decideAt(page.url, answer);
  lane.timeline.note(`${decision} on the bank's page: ${status}`);
}

/** A form post; where it leads back to is the checkout page, which is not fetched. */
async function decideAt(url: string, answer: NonNullable<PageAnswer>): Promise<{ status: number }> {
  try {
    const { status } = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(answer).toString(),
      redirect: "manual",
      signal: AbortSignal.timeout(5_000),
    });
    return { status };
  } catch (error) {
    return { status: error instanceof TypeError ? 0 : -1 };
  }
}

function see(lane: Lane, { status, body }: Answer): void {
  const attempt = body?.payment_attempt;
  if (attempt && (status === 200 || status === 409)) {
    const { id, option_id, next_action, client } = attempt;
    const account = accountOf(lane, option_id);
    const is_known = lane.handed_out.some((handed) => isDeepStrictEqual(handed.client, client));
    if (!is_known && Object.keys(client ?? {}).length > 0) {
      lane.handed_out.push({ account, client });
    }
    lane.attempt = {
      id,
      option_id,
      client,
      ...(next_action?.type === "redirect" && { page: next_action }),
    };
  }
}

/** The account an option pays through; the first one's where an answer named none of the lane's. */
function accountOf({ spec }: Lane, option_id: string): string {
  return option_id.startsWith(`${spec.providers[1]}:`) ? spec.accounts[1] : spec.accounts[0];
}
