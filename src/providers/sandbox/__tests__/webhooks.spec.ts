import { createHmac } from "node:crypto";
import { InvalidWebhook } from "../../../gateway/errors";
import { signatureOf } from "../bank/webhook-post";
import { verifyWebhook } from "../webhooks";

const NOW = Date.UTC(2030, 0, 1);
const SECRET = "whsec_current";
const BODY = JSON.stringify({
  id: "evt_1",
  type: "payment.captured",
  provider: "pp_sandbox_a",
  reference: "sbx_pay_1",
});

function verify(
  signature: string | string[] | undefined,
  body = BODY,
  secrets: readonly string[] = [SECRET],
) {
  const headers = { "x-sandbox-signature": signature };
  return verifyWebhook({ raw_body: Buffer.from(body), headers }, secrets, NOW);
}

const signed = (body = BODY, secret = SECRET, at = NOW) => signatureOf(secret, body, at);

describe("a webhook of the sandbox", () => {
  it("is accepted when the bank signed it", () => {
    expect(verify(signed())).toEqual([
      { event_id: "evt_1", type: "payment.captured", reference: "sbx_pay_1" },
    ]);
  });

  it("is accepted under an earlier secret, and with several signatures", () => {
    expect(verify(signed(BODY, "whsec_former"), BODY, [SECRET, "whsec_former"])).toHaveLength(1);
    expect(verify(`${signed(BODY, "whsec_other")},${signed().split(",")[1]}`)).toHaveLength(1);
  });

  it("may concern no payment", () => {
    const body = JSON.stringify({ id: "evt_2", type: "account.updated" });
    expect(verify(signed(body), body)).toEqual([{ event_id: "evt_2", type: "account.updated" }]);
  });

  it.each([
    ["a few minutes old", NOW - 4 * 60_000],
    ["from a clock a little ahead", NOW + 60_000],
  ])("is accepted when %s", (_name, at) => {
    expect(verify(signed(BODY, SECRET, at))).toHaveLength(1);
  });

  const hex = "a".repeat(64);
  it.each([
    ["no signature", undefined],
    ["two headers", [signed(), signed()]],
    ["an empty one", ""],
    ["a forged one", `t=${NOW / 1000},v1=${hex}`],
    ["another secret's", signed(BODY, "whsec_other")],
    ["another body's", signed("{}")],
    ["no time", signed().split(",")[1]],
    ["a time that is none", `t=now,${signed().split(",")[1]}`],
    ["a time it was not signed with", `t=${NOW / 1000 - 1},${signed().split(",")[1]}`],
    ["another scheme only", signed().replace("v1=", "v0=")],
    ["half a signature", signed().slice(0, -2)],
    ["something after the signature", `${signed()}00`],
    ["an old date", signed(BODY, SECRET, NOW - 301_000)],
    ["a date to come", signed(BODY, SECRET, NOW + 301_000)],
    ["an endless header", `${signed()},${"v1=".repeat(2000)}`],
  ])("is refused with %s", (_name, signature) => {
    expect(() => verify(signature)).toThrow(InvalidWebhook);
  });

  it.each([
    ["is not JSON", "not json"],
    ["is no event", "[]"],
    ["has no id", JSON.stringify({ type: "payment.captured" })],
    ["has an id that is a number", JSON.stringify({ id: 1, type: "payment.captured" })],
    ["is too long", JSON.stringify({ id: "evt_1", type: "x", filler: "x".repeat(600_000) })],
  ])("is refused when its body %s, however well it is signed", (_name, body) => {
    expect(() => verify(signed(body), body)).toThrow(InvalidWebhook);
  });

  it("is signed over the raw bytes: the same JSON written otherwise is another body", () => {
    const spaced = BODY.replace(",", ", ");
    expect(() => verify(signed(), spaced)).toThrow("signature is wrong");
    expect(
      verify(
        `t=1893456000,v1=${createHmac("sha256", SECRET).update(`1893456000.${spaced}`).digest("hex")}`,
        spaced,
      ),
    ).toHaveLength(1);
  });
});
