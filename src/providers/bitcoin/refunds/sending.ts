import { InvalidPaymentData } from "../../../gateway/errors";
import { ChainSourceError } from "../chain/errors";
import type { BroadcastOutcome } from "../chain/source";
import { changed, tryToChange } from "./moving";
import { asSent, depthOf, findReplacement, findSent, type Found } from "./on-chain";
import type { RefundParts } from "./parts";
import type { StoredRefund } from "./refund-store";
import { readSigned } from "./signed-text";

/** Nobody reorganises more than this; see the confirmations that invoices wait for. */
const BURIED_BLOCKS = 6;

/**
 * Takes what the operator has signed: keeps it first, sends it then. Where nobody knows whether it arrived, the refund
 * stays `signed`, and following it sends it again.
 *
 * @throws InvalidPaymentData for anything but the issued transaction, well signed, or where the node refuses it
 */
export async function takeSigned(
  parts: RefundParts,
  refund: StoredRefund,
  text: string,
): Promise<StoredRefund> {
  const { source, account, wallet } = parts;
  const { prepared } = refund;
  if (!prepared || refund.status === "waits_for_payee" || refund.status === "dropped") {
    throw new InvalidPaymentData("There is nothing to be signed of this refund. Export its file first.");
  }
  const raw = readSigned(account.chain, prepared.psbt, text);
  if (refund.status === "sent" || refund.status === "done") {
    return refund;
  }
  const found = await findSent(source, refund);
  if (found) {
    return changed(wallet.refunds, refund, sentAs(parts, refund, found));
  }
  const test = await source.testAcceptance(raw);
  if (test?.kind === "rejected") {
    throw new InvalidPaymentData(await whyRejected(parts, refund, test.reason));
  }
  const signed = await changed(wallet.refunds, refund, { status: "signed", raw, note: null });
  const after = (await send(parts, signed)) ?? signed;
  if (after.status === "signed" && after.note !== null) {
    throw new InvalidPaymentData(after.note);
  }
  return after;
}

/**
 * Sends it once more, which is harmless.
 * @returns the refund as it is then; undefined where somebody else changed it meanwhile
 */
export async function send(parts: RefundParts, refund: StoredRefund): Promise<StoredRefund | undefined> {
  const { wallet } = parts;
  const outcome = await outcomeOf(parts, refund);
  if (!outcome) {
    return refund;
  }
  if (outcome.kind === "rejected") {
    const coins = await wallet.refunds.coinsOf(refund);
    const replacement = await findReplacement(parts.source, refund, coins);
    if (replacement) {
      return tryToChange(wallet.refunds, refund, sentAs(parts, refund, replacement));
    }
    const note = await whyRejected(parts, refund, outcome.reason);
    return refund.status === "signed" && refund.note === note
      ? refund
      : tryToChange(wallet.refunds, refund, { status: "signed", note });
  }
  return refund.status === "sent"
    ? refund
    : tryToChange(wallet.refunds, refund, { status: "sent", note: null });
}

/**
 * Brings a refund to what the chain says of it.
 * @returns the refund as it is then; undefined where somebody else changed it meanwhile
 * @throws ChainSourceError where the node cannot be asked
 */
export async function follow(parts: RefundParts, refund: StoredRefund): Promise<StoredRefund | undefined> {
  const { source, wallet, options } = parts;
  const found = await findSent(source, refund);
  if (!found) {
    return refund.raw === null ? refund : send(parts, refund);
  }
  const needed = options.refund_confirmations;
  const depth = await depthOf(source, found.txid, Math.max(needed, BURIED_BLOCKS));
  if (depth === undefined) {
    return refund;
  }
  const status = depth >= needed ? "done" : "sent";
  const is_buried = depth >= Math.max(needed, BURIED_BLOCKS);
  const is_known =
    status === refund.status && is_buried === refund.is_buried && found.txid === refund.prepared?.txid;
  return is_known
    ? refund
    : tryToChange(wallet.refunds, refund, { ...sentAs(parts, refund, found), status, is_buried });
}

/** What changes when a refund is found to be sent. */
export function sentAs({ source }: RefundParts, { prepared, destination }: StoredRefund, found: Found) {
  return {
    status: "sent",
    raw: found.located.raw,
    note: null,
    ...(prepared && { prepared: asSent(source, prepared, destination, found) }),
  } as const;
}

async function outcomeOf(
  { source }: RefundParts,
  { raw }: StoredRefund,
): Promise<BroadcastOutcome | undefined> {
  try {
    return raw === null ? undefined : await source.broadcast(raw);
  } catch (error) {
    if (error instanceof ChainSourceError) {
      return undefined;
    }
    throw error;
  }
}

/** In words for the operator, with the node's own. */
async function whyRejected(
  { source, wallet }: RefundParts,
  refund: StoredRefund,
  reason: string,
): Promise<string> {
  const coins = await wallet.refunds.coinsOf(refund);
  const states = await Promise.all(coins.map((coin) => source.outputState(coin)));
  return states.every(({ kind }) => kind === "unspent")
    ? `The node does not take the transaction: ${reason}.`
    : `Coins of this refund have been spent by another transaction (${reason}). If that one pays the payee too, as with a higher fee, leave it so; else prepare the refund anew.`;
}
