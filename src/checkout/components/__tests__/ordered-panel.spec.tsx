import { renderToStaticMarkup } from "react-dom/server";
import { OrderedPanel } from "..";
import { attempt } from "../../flow/__tests__/support";
import type { AfterOrder, GatewayForm } from "../../gateway-form";
import { en } from "../../locales/en";

const ORDER = { id: "order_1", display_id: 1042, email: null, currency_code: "eur", total: 24 };

const formThatSays = (standing: AfterOrder | null): GatewayForm => ({
  draws: () => false,
  actsOn: () => false,
  afterOrder: () => standing,
  load: () => new Promise(() => undefined),
});

function said(standing: AfterOrder | null): string {
  return renderToStaticMarkup(
    <OrderedPanel
      order={ORDER}
      paidWith="Acme"
      isPaid
      storeUrl={undefined}
      attempt={attempt("pending")}
      forms={[formThatSays(null), formThatSays(standing)]}
      look={() => new Promise(() => undefined)}
    />,
  );
}

describe("a placed order", () => {
  it.each<[AfterOrder, string, string]>([
    ["unpaid", en["done.awaited.title"], en["summary.total"]],
    ["overdue", en["done.overdue.title"], en["summary.total"]],
    ["confirming", en["done.title"], en["summary.total"]],
    ["paid", en["done.title"], en["done.paid"]],
  ])("whose payment is %s says so, with its gateway's panel", (standing, title, amount) => {
    expect(said(standing)).toContain(`>${title}</h2>`);
    expect(said(standing)).toContain(`<dt>${amount}</dt>`);
    expect(said(standing)).toContain(en["form.loading"]);
  });

  it("has no panel where no form has anything to show", () => {
    expect(said(null)).toContain(`>${en["done.title"]}</h2>`);
    expect(said(null)).toContain(`<dt>${en["done.paid"]}</dt>`);
    expect(said(null)).not.toContain(en["form.loading"]);
  });
});
