import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { builtFile, builtPage } from "../built-assets";
import { escapeJson, renderPage } from "../page";
import type { HostedBoot } from "../schemas";

const BOOT: HostedBoot = {
  cart_id: "cart_1",
  publishable_key: "pk_1",
  store_name: "</script><script>alert(1)</script>",
  locale: "ar",
  digits: "latn",
  store_url: null,
  unknown_blocks_ms: 60_000,
  blocked: null,
  order: null,
};

describe("the hosted page", () => {
  const html = renderPage(BOOT, { script: "hosted-1.js", styles: ["hosted-1.css"] });

  it("is in the shopper's language and direction", () =>
    expect(html).toContain('<html lang="ar" dir="rtl">'));

  it("lets no data end its element or become markup", () => {
    expect(html).not.toContain("<script>alert");
    expect(html.match(/<script/g)).toHaveLength(2);
  });

  it("has no script or style of its own, so that the policy can forbid them", () => {
    expect(html).not.toMatch(/<style|style=|onload=/);
  });

  it("hands its data over unchanged", () => expect(JSON.parse(escapeJson(BOOT))).toEqual(BOOT));
});

describe("the built files", () => {
  let dist: string;
  beforeAll(() => {
    dist = mkdtempSync(path.join(tmpdir(), "tender-checkout-"));
    const manifest = { "hosted/main.tsx": { file: "hosted-1.js", css: ["hosted-1.css"] } };
    writeFileSync(path.join(dist, "manifest.json"), JSON.stringify(manifest));
    for (const name of ["hosted-1.js", "hosted-1.css", "secret.txt"])
      writeFileSync(path.join(dist, name), name);
  });
  afterAll(() => rmSync(dist, { recursive: true }));

  it("are found through the build's manifest", async () => {
    expect(await builtPage(dist)).toEqual({ script: "hosted-1.js", styles: ["hosted-1.css"] });
    expect(String(await builtFile("hosted-1.css", dist))).toBe("hosted-1.css");
  });

  it.each(["secret.txt", "manifest.json", "../page.ts", "..%2fpage.ts", "", "hosted-1.js/..", "__proto__"])(
    "do not include %j",
    async (name) => expect(await builtFile(name, dist)).toBeUndefined(),
  );

  it("are missed, not guessed, before a build", async () => {
    const nowhere = path.join(tmpdir(), "tender-no-such-folder");
    expect(await builtPage(nowhere)).toBeNull();
    expect(await builtFile("hosted-1.js", nowhere)).toBeNull();
  });
});
