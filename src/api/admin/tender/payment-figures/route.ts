import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import type { FigureQuery } from "../../../../modules/tender/stores/figure-store";
import { periodOf } from "../../../../services";
import { readPaymentFigures } from "../../../../workflows/operate/read-payment-figures";
import type { AdminPaymentFiguresResult, PaymentFiguresQuery } from "./contract";
import { figuresView } from "./view";

/** Approval rate, recovered sales, reasons of refusals, providers compared, and the points of a chart. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, PaymentFiguresQuery>,
  res: MedusaResponse<AdminPaymentFiguresResult>,
): Promise<void> {
  const { period, from, to, currency_code, ...about } = req.validatedQuery as PaymentFiguresQuery;
  const query: FigureQuery = {
    ...about,
    period: periodOf(
      { preset: period, ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) },
      new Date(),
    ),
    ...(currency_code && { currency: currency_code.toUpperCase() }),
  };
  res.json({ payment_figures: figuresView(await readPaymentFigures(req.scope, query), query) });
}
