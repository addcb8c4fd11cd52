import type { Language } from "../browser/support/browser";
import { picture, violationsIn, withDashboard } from "./support/dashboard";

const APPROVES = "4242424242424242";
const NO_FUNDS = "4000000000009995";

const WORDS: Readonly<Record<Language, { title: string; refused: string }>> = {
  en: { title: "Payment attempts", refused: "Not enough money, or over a limit of the card." },
  ar: { title: "محاولات الدفع", refused: "الرصيد غير كافٍ أو تجاوز المبلغ حد البطاقة." },
};

withDashboard((running) => {
  describe("an order's page", () => {
    it.each(["en", "ar"] as const)(
      "shows every try to pay it, the refused ones included (%s)",
      async (language) => {
        const shopper = await running.shopper();
        await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);

        const { page, open, problems } = await running.dashboard(language);
        await open(`/orders/${confirmed.body.order.id}`);
        const title = page.getByRole("heading", { name: WORDS[language].title });
        await title.waitFor();
        await page.getByText(WORDS[language].refused).waitFor();
        await picture(page, `admin-order-${language}`);
        expect(await violationsIn(page, page.locator("ol:has([data-attempt])"))).toEqual([]);
        expect(problems).toEqual([]);
      },
    );
  });
});
