import { ADDRESS, openChain, type TestChain } from "./support";

describe("the demo wallet's page", () => {
  let chain: TestChain;
  beforeAll(async () => {
    chain = await openChain();
  });
  afterAll(() => chain.stop());

  const address = (changes: Record<string, string> = {}) =>
    `${chain.wallet_url}?${new URLSearchParams({ address: ADDRESS, amount: "0.0001", ...changes })}`;
  const formIn = (html: string) => /name="form" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const press = (url: string, form: string) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ form }), redirect: "manual" });
  const waiting = async () => (await chain.act("state")).waiting;

  it("pays with its button, and says that the window may be closed", async () => {
    const before = await waiting();
    const form = formIn(await (await fetch(address())).text());
    expect(await waiting()).toEqual(before);
    const answer = await press(address(), form);
    expect(answer.status).toBe(303);
    const [txid] = (await waiting()).filter((one) => !before.includes(one));
    const location = answer.headers.get("location") ?? "";
    expect(location).toBe(`/wallet/paid/${txid}?locale=en`);
    const paid = await (await fetch(`${chain.url}${location}`)).text();
    expect(paid).toContain("You can close this window.");
    expect(paid).toContain(txid);
  });

  it("pays once, however often the button is pressed", async () => {
    const before = (await waiting()).length;
    const form = formIn(await (await fetch(address())).text());
    const answers = await Promise.all([1, 2, 3].map(() => press(address(), form)));
    expect(new Set(answers.map(({ headers }) => headers.get("location"))).size).toBe(1);
    expect(await waiting()).toHaveLength(before + 1);
  });

  it("pays again where it is opened again, as a shopper may", async () => {
    const before = (await waiting()).length;
    for (let opened = 0; opened < 2; opened += 1) {
      await press(address(), formIn(await (await fetch(address())).text()));
    }
    expect(await waiting()).toHaveLength(before + 2);
  });

  it("pays for nobody who has not seen it, such as another site's form", async () => {
    const before = await waiting();
    expect((await press(address(), "guess")).status).toBe(400);
    expect(await waiting()).toEqual(before);
  });

  it.each([
    ["another chain's address", { address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4" }],
    ["no address", { address: "" }],
    ["no amount", { amount: "" }],
    ["markup in its address", { address: '"><script>alert(1)</script>' }],
  ])("says that it cannot pay with %s", async (_, changes) => {
    const answer = await fetch(address(changes));
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain("This cannot be paid");
    expect(html).not.toContain("<script>");
  });

  it("says that nothing was paid while all coins wait to be mined", async () => {
    const [first, second] = [await openChain(), address({ amount: "1000" }).replace(chain.url, "")];
    for (let coins = 200; coins > 20; coins -= 21) {
      await first.pay("1000");
    }
    const url = `${first.url}${second}`;
    const answer = await press(url, formIn(await (await fetch(url)).text()));
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain("Nothing was paid.");
    await first.stop();
  });

  it.each([
    ["en", 'dir="ltr"', "Simulated chain — no real coins", "Pay "],
    ["ar", 'dir="rtl"', "بلا عملات حقيقية", "ادفع"],
  ])("speaks %s, and says that it is simulated", async (locale, direction, label, word) => {
    const asked = await (await fetch(address({ locale }))).text();
    const preferred = await (
      await fetch(address(), { headers: { "accept-language": `${locale},x` } })
    ).text();
    for (const html of [asked, preferred]) {
      expect(html).toContain(`<html lang="${locale}" ${direction}>`);
      expect(html).toContain(label);
      expect(html).toContain(word);
      expect(html).toContain("0.0001 BTC");
    }
  });

  it("runs no script, is in no frame, and lets its form go to itself only", async () => {
    const policy = (await fetch(address())).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
  });
});
