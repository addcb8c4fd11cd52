import type { ManualRefund, ManualRefundStatus } from "../../../../gateway";
import { renderRefundPage, renderUnknownRefund } from "../page";
import { REFUND_TEXTS } from "../texts";

const REFUND: ManualRefund = {
  id: "refund_1",
  reference: "payment_1",
  amount: null,
  shown: "0.00123 COIN",
  less_fee: false,
  status: "waits_for_payee",
  payee_token: "the-token",
  destination: null,
  takes_destination: true,
  destination_titles: { en: "Your account", ar: "حسابك" },
  note: "for the operator",
};
const page = (locale: "en" | "ar") => ({ locale, nonce: "n0nce", store_name: `<b>"Shop"</b>` });

describe("the payee's page", () => {
  it("asks in the payee's language and direction, with one labelled field", () => {
    const html = renderRefundPage(page("ar"), REFUND);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<label for="destination">حسابك</label>');
    expect(html).toContain(REFUND_TEXTS.ar.statuses.waits_for_payee);
    expect(html).toContain('<bdi dir="ltr">0.00123 COIN</bdi>');
  });

  it("says where a fee is taken off the amount, and only there", () => {
    const { less_fee } = REFUND_TEXTS.en;
    expect(renderRefundPage(page("en"), { ...REFUND, less_fee: true })).toContain(less_fee);
    expect(renderRefundPage(page("en"), REFUND)).not.toContain(less_fee);
  });

  it("says what is wrong beside the field, keeps what was typed, and lets nothing become markup", () => {
    const refused = { entered: `"><script>1</script>`, message: "<i>No.</i>" };
    const html = renderRefundPage(page("en"), REFUND, refused);
    expect(html).not.toMatch(/<script|<i>|<b>/);
    expect(html).toContain("&#60;i&#62;No.");
    expect(html).toContain('value="&#34;&#62;&#60;script&#62;1&#60;/script&#62;"');
    expect(html).toMatch(/aria-describedby="error help" aria-invalid="true"/);
    expect(html).toMatch(/<p class="error" id="error" role="alert">/);
  });

  it.each<[ManualRefundStatus, boolean]>([
    ["waits_for_operator", true],
    ["waits_for_operator", false],
    ["signed", false],
    ["sent", false],
    ["done", false],
    ["dropped", false],
  ])("shows where it goes, and a form only while that may change: %s, %s", (status, takes_destination) => {
    const html = renderRefundPage(page("en"), {
      ...REFUND,
      status,
      takes_destination,
      destination: "somewhere",
    });
    expect(html).toContain('<bdi dir="ltr">somewhere</bdi>');
    expect(html.includes("<form")).toBe(takes_destination);
    const { may_change, statuses } = REFUND_TEXTS.en;
    expect(html).toContain(takes_destination ? may_change : statuses[status]);
  });

  it("tells nobody what is for the operator, nor the link's secret", () => {
    const html = renderRefundPage(page("en"), REFUND) + renderUnknownRefund(page("en"));
    expect(html).not.toMatch(/for the operator|the-token|refund_1|payment_1/);
  });

  it("has no script, and no style but its own", () => {
    const html = renderRefundPage(page("en"), REFUND);
    expect(html.match(/<style nonce="n0nce">/g)).toHaveLength(1);
    expect(html).not.toMatch(/<script|style=|\son\w+=/);
  });
});
