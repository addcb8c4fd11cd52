import type { Browser, BrowserContext, Page } from "playwright-core";
import { BIP32Factory } from "bip32";
import * as secp256k1 from "tiny-secp256k1";
import { CHAINS } from "../../src/providers/bitcoin/chains";
import { coinTexts, fill } from "../../src/providers/bitcoin/checkout/texts";
import { startSimulatedChain, type SimulatedChain } from "../../src/providers/bitcoin/simulated-chain";
import { enableProviders } from "../support/store";
import { withRunningStore } from "../support/suite";
import { launchBrowser, openContext, closeContext } from "./support/browser";
import { policyRefusals, watchPolicy } from "./support/policy";
import { Shopper } from "./support/shopper";

const en = coinTexts("en");
const YEAR_MS = 365 * 24 * 3_600_000;
/** No block comes by itself. */
const NEVER_MS = 24 * 3_600_000;

let chain: SimulatedChain;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

/** The hosted checkout of a store that follows a chain of its own, and a shopper with the demo's wallet. */
withRunningStore(
  (running) => {
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await chain?.stop();
    });
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, ["pp_bitcoin_demo"]);
      ({ context, page, problems } = await openContext(browser));
      page.setDefaultTimeout(20_000);
      await watchPolicy(page);
    });
    afterEach(async () => {
      const refused = await policyRefusals(page);
      await closeContext(context);
      expect({ problems, refused }).toEqual({ problems: [], refused: [] });
    });

    async function chooseCoins(): Promise<Shopper> {
      await page.goto(`${running.base_url()}/checkout/demo?locale=en`);
      const shopper = new Shopper(page, "en");
      await shopper.sees("options.title");
      await page.locator(".tender-own-form[data-standing=ready]").waitFor();
      await shopper.payButton().click();
      await page.getByRole("heading", { name: fill(en.title, { coin: "Bitcoin regtest" }) }).waitFor();
      return shopper;
    }

    async function payFromDemoWallet(): Promise<void> {
      const [wallet] = await Promise.all([
        context.waitForEvent("page"),
        page.getByRole("link", { name: en.demo_wallet }).click(),
      ]);
      await wallet.getByRole("button").click();
      await wallet.waitForURL(/\/wallet\/paid\//);
      await wallet.close();
    }

    it("pays with coins from the demo's wallet, and shows the order's payment being confirmed", async () => {
      const shopper = await chooseCoins();
      await payFromDemoWallet();
      await shopper.sees("done.title");
      await page.getByText(fill(en.confirmations, { count: "0", needed: "1" })).waitFor();
      await fetch(`${chain.url}/demo/mine`, { method: "POST" });
      await page.getByRole("heading", { name: en.settled }).waitFor();
    });

    it("shows the time that is left where the browser's clock is a year ahead", async () => {
      await page.clock.setFixedTime(new Date(Date.now() + YEAR_MS));
      await chooseCoins();
      await page.getByText(/^14:[0-5]\d$/).waitFor();
      await page.getByRole("button", { name: en.another_way }).click();
    });
  },
  async () => {
    chain = await startSimulatedChain({ block_interval_ms: NEVER_MS });
    const { network } = CHAINS["bitcoin-regtest"];
    const account = BIP32Factory(secp256k1)
      .fromSeed(Buffer.alloc(32, 1), network)
      .derivePath("m/84'/1'/0'")
      .neutered()
      .toBase58();
    const demo = {
      chain: "bitcoin-regtest",
      account,
      esplora_url: chain.esplora_url,
      simulated_wallet_url: chain.wallet_url,
      rates: { fixed: { EUR: "60000" } },
    };
    return { BITCOIN_GATEWAYS: JSON.stringify({ demo }) };
  },
);
