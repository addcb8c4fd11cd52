import type { Page } from "playwright-core";
import type { Notice } from "../../../src/checkout/flow";
import { ar } from "../../../src/checkout/locales/ar";
import { en, type TextKey } from "../../../src/checkout/locales/en";
import type { Language } from "./browser";

const TEXTS = { en, ar };

export type Card = Readonly<{ number: string; expiry?: string; cvc?: string }>;

/** What a person at the page sees and does, in their language. */
export class Shopper {
  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  /** A text of the page up to its first place to fill in. */
  text(key: TextKey): string {
    return (TEXTS[this.language][key].split("{")[0] ?? "").trim();
  }

  async typeCard({ number, expiry = "12 / 40", cvc = "123" }: Card): Promise<void> {
    await this.field("card.number").fill(number);
    await this.field("card.expiry").fill(expiry);
    await this.field("card.cvc").fill(cvc);
  }

  field(key: TextKey) {
    return this.page.getByLabel(this.text(key), { exact: true });
  }

  button(key: TextKey) {
    return this.page.getByRole("button", { name: this.text(key) });
  }

  /** The primary button of the page, or of the sheet that is open. */
  payButton() {
    return this.page.locator("dialog[open] .tender-button--primary, form .tender-button--primary").last();
  }

  alternatives() {
    return this.page.getByRole("list", { name: this.text("declined.alternatives") }).getByRole("button");
  }

  heading(text: string | RegExp) {
    return this.page.getByRole("heading", { name: text, level: 2 });
  }

  /** What the page of an order says, by its labels. */
  async facts(): Promise<Record<string, string>> {
    const texts = async (tag: "dt" | "dd") =>
      this.page.locator(`.tender__main .tender-facts ${tag}`).allTextContents();
    const [labels, values] = await Promise.all([texts("dt"), texts("dd")]);
    return Object.fromEntries(labels.map((label, at) => [label, values[at] ?? ""]));
  }

  async sees(key: TextKey): Promise<void> {
    await this.heading(this.text(key)).waitFor();
  }

  /** The notice above the options says this and nothing else. */
  async seesNotice(notice: Notice): Promise<void> {
    await this.page.locator(".tender-notice", { hasText: this.text(`notice.${notice}`) }).waitFor();
  }
}
