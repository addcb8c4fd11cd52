import { readFile, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Shopper } from "../support/shopper";
import { ADMIN } from "../support/store";
import { describeChangeover } from "./changeover";
import { REPOSITORY, type Server } from "./support/commands";
import { firstSale } from "./support/first-sale";
import { OperatorStore } from "./support/operator-store";
import { MEDUSA_CONFIG, MEDUSA_CONFIG_BY_HAND } from "./support/store-files";

const INSTALL_TIMEOUT_MS = 600_000;
const ENTRY_POINTS = [
  "medusa-tender/checkout",
  "medusa-tender/config",
  "medusa-tender/gateway",
  "medusa-tender/modules/tender",
  "medusa-tender/providers/sandbox",
  "medusa-tender/providers/stripe/checkout",
  "medusa-tender/testing",
  "medusa-tender/workflows",
];
/** What the README has an operator write into medusa-config.ts, and what is tried here. */
const CONFIGURED = [
  'import { tenderPayments } from "medusa-tender/config";',
  'plugins: [{ resolve: "medusa-tender", options: {} }],',
  'resolve: "medusa-tender/providers/sandbox",',
];

jest.setTimeout(INSTALL_TIMEOUT_MS);

describe("the package, packed and installed into a new Medusa store", () => {
  let store: OperatorStore;
  beforeAll(async () => {
    store = await OperatorStore.install();
  });
  afterAll(() => store?.remove());

  describe("what is installed", () => {
    it("is installed, configured and migrated as the README tells", async () => {
      const readme = await readFile(path.join(REPOSITORY, "README.md"), "utf8");
      for (const line of ["npm install medusa-tender", "npx medusa db:migrate", ...CONFIGURED]) {
        expect(readme).toContain(line);
      }
      for (const line of CONFIGURED) expect(MEDUSA_CONFIG).toContain(line);
    });

    it("lies in the store and not in the repository, with its dependencies beside it", async () => {
      const manifest = await store.manifest();
      const names = [
        "medusa-tender",
        ...Object.keys(manifest.dependencies),
        "@medusajs/medusa",
        "@medusajs/framework",
      ];
      for (const name of names) {
        const folder = path.join(store.folder, "node_modules", name);
        expect(await realpath(folder)).toBe(folder);
      }
    });

    it("holds what the store needs and no tests, sources, settings or demo data", async () => {
      const files = await store.files();
      expect(files).toEqual(
        expect.arrayContaining([
          ".medusa/server/src/admin/index.js",
          ".medusa/server/src/admin/index.mjs",
          ".medusa/server/src/api/middlewares.js",
          ".medusa/server/src/checkout/dist/manifest.json",
          ".medusa/server/src/checkout/dist/styles.css",
          ".medusa/server/src/jobs/reconcile.js",
          ".medusa/server/src/modules/tender/index.js",
          ".medusa/server/src/scripts/check-ledger.js",
          ".medusa/server/src/subscribers/order-canceled.js",
          "docs/openapi.json",
          "package.json",
        ]),
      );
      const unwanted =
        /__tests__|\.spec\.|\.tender|\.env|(^|\/)node_modules\/|\.tsx?$|^src\/|seed|vite\.config|public\//;
      expect(files.filter((file) => unwanted.test(file) && !file.endsWith(".d.ts"))).toEqual([]);
    });

    it("names no place of the machine it was built on, and holds no key", async () => {
      const places = [REPOSITORY, homedir()].filter((place) => place.split(path.sep).length > 2);
      const key = /-----BEGIN [A-Z ]*PRIVATE KEY|\b[rs]k_live_\w{8,}/;
      for (const file of await store.files()) {
        const text = await readFile(path.join(store.installed, file), "utf8");
        expect([file, places.filter((place) => text.includes(place)), key.test(text)]).toEqual([
          file,
          [],
          false,
        ]);
        if (file.endsWith(".map")) {
          const { sources } = JSON.parse(text) as { sources: string[] };
          expect([file, sources.filter((source) => path.isAbsolute(source) || source.includes(":"))]).toEqual(
            [file, []],
          );
        }
      }
    });

    it.each(ENTRY_POINTS)("%s can be required and imported", async (entry) => {
      const name = JSON.stringify(entry);
      const loaded = await store.evaluate(`
        const required = Object.keys(require(${name})).length;
        import(${name}).then((module) => console.log(JSON.stringify([required, Object.keys(module).length])))`);
      expect(loaded).toEqual([expect.any(Number), expect.any(Number)]);
      expect(Math.min(...(loaded as number[]))).toBeGreaterThan(0);
    });

    it("brings the admin extension for both module systems, and declares what it imports", async () => {
      const manifest = await store.manifest();
      const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      const required = await store.evaluate(
        `console.log(JSON.stringify(require.resolve("medusa-tender/admin")))`,
      );
      const imported = await store.evaluate(
        `console.log(JSON.stringify(import.meta.resolve("medusa-tender/admin")))`,
        "module",
      );
      const files = [String(required), fileURLToPath(String(imported))];
      expect(files.map((file) => path.basename(file))).toEqual(["index.js", "index.mjs"]);
      const text = await readFile(files[1] ?? "", "utf8");
      const names = [...text.matchAll(/\bfrom "((?:@[^/"]+\/)?[^/"]+)/g)].map(([, name]) => String(name));
      expect(names).toContain("@medusajs/admin-sdk");
      expect(names.filter((name) => !declared.includes(name))).toEqual([]);
    });

    it("brings the stylesheet and the OpenAPI document under their public names", async () => {
      const found = await store.evaluate(`console.log(JSON.stringify(
        ["checkout/styles.css", "openapi.json"].map((name) => require.resolve("medusa-tender/" + name))))`);
      expect(found).toEqual([
        path.join(store.installed, ".medusa/server/src/checkout/dist/styles.css"),
        path.join(store.installed, "docs/openapi.json"),
      ]);
    });

    it("types every entry point for a strict NodeNext project", async () => {
      expect(await store.npx("tsc", ["-p", "tsconfig.json"])).toEqual({ code: 0, output: "" });
    });
  });

  describe("the store that runs it", () => {
    let bank: Server | undefined;
    let medusa: Server | undefined;
    let shopper: Shopper;
    let base_url: string;

    beforeAll(async () => {
      const seeded = await store.prepareDatabase(ADMIN);
      bank = await store.startBank();
      medusa = await store.startMedusa();
      base_url = store.env.BACKEND_URL ?? "";
      shopper = new Shopper(base_url, { ...seeded, ...(await firstSale(base_url)) });
      await shopper.fillCart();
    });
    afterAll(async () => {
      await medusa?.stop();
      await bank?.stop();
    });

    it("lists the sandbox's methods", async () => {
      const { status, body } = await shopper.options();
      expect(status).toBe(200);
      expect(body.payment_options.map(({ id }: { id: string }) => id)).toEqual(
        expect.arrayContaining(["pp_sandbox_a:card", "pp_sandbox_a:bank_redirect"]),
      );
    });

    it("serves the hosted checkout and its assets from the package", async () => {
      const page = await fetch(`${base_url}/checkout/${shopper.cart_id}`);
      const html = await page.text();
      expect([page.status, page.headers.get("content-type")]).toEqual([
        200,
        expect.stringMatching(/^text\/html/),
      ]);
      expect(html).toContain('id="tender-root"');
      const assets = html.match(/\/checkout\/assets\/[\w.-]+/g) ?? [];
      expect(assets.map((asset) => path.extname(asset)).sort()).toEqual([".css", ".js"]);
      for (const asset of assets) {
        const answer = await fetch(base_url + asset);
        expect([asset, answer.status, (await answer.text()).length > 1000]).toEqual([asset, 200, true]);
      }
    });

    it("pays a cart after a refusal, at the bank of the package", async () => {
      const refused = await shopper.pay("pp_sandbox_a:card", "4000000000009995");
      expect(refused.confirmed).toMatchObject({
        status: 402,
        body: { decline: { category: "funds_limit" } },
      });
      const { confirmed } = await shopper.pay("pp_sandbox_b:card", "4242424242424242");
      expect(confirmed).toMatchObject({
        status: 200,
        body: { type: "order", order: { display_id: 1, total: 69.8 } },
      });
      const ledger = await fetch(`${store.env.BANK_URL}/control/ledger`);
      const { payments } = (await ledger.json()) as {
        payments: { authorized_minor: number; provider: string }[];
      };
      expect(payments.filter((payment) => payment.authorized_minor > 0)).toEqual([
        expect.objectContaining({ provider: "pp_sandbox_b", authorized_minor: 6980 }),
      ]);
    });

    it("does not start with a provider listed by hand, and says what to write instead", async () => {
      await medusa?.stop();
      medusa = undefined;
      await store.write("medusa-config.ts", MEDUSA_CONFIG_BY_HAND);
      const { code, output } = await store.npx("medusa", [
        "start",
        "--port",
        store.env.PORT ?? "",
        "--types",
        "false",
      ]);
      expect(code).not.toBe(0);
      expect(output).toMatch(/listed by hand.*tenderPayments\(\) from/s);
      expect(output).toContain("medusa-tender/config");
    });
  });

  describeChangeover(() => store);
});
