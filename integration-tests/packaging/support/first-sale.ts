import { Operator } from "../../support/operator";

/** Something to sell, and a way to send it. */
export async function firstSale(
  base_url: string,
): Promise<{ variant_id: string; shipping_option_id: string }> {
  const operator = await Operator.logIn(base_url);
  const products = await operator.send("GET", "/admin/products?handle=demo-teapot&fields=*variants");
  const shipping = await operator.send("GET", "/admin/shipping-options");
  const standard = shipping.body.shipping_options.find(
    ({ name }: { name: string }) => name === "Standard shipping",
  );
  return { variant_id: products.body.products[0].variants[0].id, shipping_option_id: standard.id };
}
