import { misfits } from "./check";
import { schemaRefusal } from "./schema-refusal";
import { publishedOperation } from "./specifications";

/** What comes of patching an order must be what an order may be created with. @throws PaypalRefusal 400 */
export function checkOrderRequest(draft: unknown): void {
  const published = publishedOperation("POST", "/v2/checkout/orders");
  const wrong = published?.request ? misfits(published.specification, published.request, draft) : [];
  if (wrong.length > 0) {
    throw schemaRefusal(wrong, draft);
  }
}
