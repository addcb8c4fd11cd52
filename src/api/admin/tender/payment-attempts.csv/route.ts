import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { moneyToDecimal } from "../../../../gateway";
import {
  exportPaymentAttempts,
  type AttemptsFound,
} from "../../../../workflows/operate/list-payment-attempts";
import { askedFor } from "../payment-attempts/asked";
import type { PaymentAttemptsFileQuery } from "../payment-attempts/contract";
import { listedView } from "../payment-attempts/view";
import { csvLine } from "./csv";

const COLUMNS = [
  "created_at",
  "id",
  "status",
  "provider_id",
  "method",
  "region_id",
  "amount",
  "currency_code",
  "decline_category",
  "decline_code",
  "decline_network_code",
  "approved_at",
  "order_display_id",
  "order_id",
  "cart_id",
  "gateway_reference",
  "card_brand",
  "card_last4",
] as const;

/** All attempts that fit as a CSV file, written as they are read. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, PaymentAttemptsFileQuery>,
  res: MedusaResponse,
): Promise<void> {
  const parts = exportPaymentAttempts(req.scope, askedFor(req.validatedQuery as PaymentAttemptsFileQuery));
  // What can be wrong shows with the first part, while it can still be answered.
  const first = await parts.next();
  res.setHeader("content-type", "text/csv; charset=utf-8; header=present");
  res.setHeader("content-disposition", 'attachment; filename="payment-attempts.csv"');
  res.setHeader("cache-control", "no-store");
  await pipeline(Readable.from(linesOf(first, parts)), res);
}

type Part = Pick<AttemptsFound, "attempts" | "orders">;

async function* linesOf(first: IteratorResult<Part, unknown>, rest: AsyncIterable<Part>) {
  yield csvLine(COLUMNS);
  if (!first.done) {
    yield linesOfPart(first.value);
  }
  for await (const part of rest) {
    yield linesOfPart(part);
  }
}

function linesOfPart({ attempts, orders }: Part): string {
  return attempts
    .map((listed) => {
      const { attempt } = listed;
      const view = listedView(listed, orders.get(attempt.order_id ?? ""));
      return csvLine([
        view.created_at,
        view.id,
        view.status,
        view.provider_id,
        view.method,
        view.region_id,
        moneyToDecimal(attempt.amount),
        view.currency_code,
        view.decline?.category ?? null,
        view.decline?.code ?? null,
        view.decline?.network_code ?? null,
        view.approved_at,
        view.order?.display_id ?? null,
        attempt.order_id,
        view.cart_id,
        view.gateway_reference,
        view.instrument?.brand ?? null,
        view.instrument?.last4 ?? null,
      ]);
    })
    .join("");
}
