import { randomUUID } from "node:crypto";
import type { AdminManualRefund } from "../../src/api/admin-contract";
import { findGateway } from "../../src/workflows/medusa/payment-providers";
import { RefundScene } from "../bitcoin/refund-scene";
import { signAsOwner } from "../bitcoin/owner";
import { startLitecoind } from "../nodes/litecoind";
import { Operator } from "../support/operator";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const PROVIDER = "pp_sandbox_a";

withRunningStore((running) => {
  describe("refunds that payee and operator carry out", () => {
    let scene: RefundScene;
    let seed = 30;

    beforeAll(async () => {
      scene = await RefundScene.open(await startLitecoind());
    });
    afterAll(() => scene?.close());

    /** A paid attempt whose gateway keeps its money on a chain, and 10.00 EUR of it to be refunded. */
    async function wished() {
      seed += 1;
      const account = scene.account("p2tr", seed);
      const desk = scene.desk(account);
      const gateway = findGateway(running.container(), PROVIDER)?.gateway;
      Object.assign(gateway ?? {}, { manual_refunds: desk });
      const invoice = await scene.paidInvoice(account, 3_000n, 80_000n);
      const shopper = await running.shopper();
      const { body } = await shopper.start(`${PROVIDER}:card`);
      const attempt_id: string = body.payment_attempt.id;
      await shopper.confirm(attempt_id, { card: cardOf("4242424242424242") });
      await running
        .container()
        .resolve("__pg_connection__")("tender_payment_attempt")
        .where({ id: attempt_id })
        .update({ gateway_reference: invoice.id });
      const operator = await Operator.logIn(running.base_url());
      await desk.intend(randomUUID(), invoice, { amount_minor: 1_000n, currency: "EUR" });
      const list = async (): Promise<(AdminManualRefund & { payee_url: string })[]> => {
        const answer = await operator.send(
          "GET",
          `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`,
        );
        expect(answer.status).toBe(200);
        return answer.body.manual_refunds;
      };
      const [refund] = await list();
      return { desk, operator, attempt_id, list, refund: refund!, root: scene.ownerOf("p2tr", seed).root };
    }

    const give = (url: string, destination: string) =>
      fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ destination }).toString(),
      });

    /** As a browser shows it: Medusa listens on localhost. */
    const read = async (url: string) => {
      const answer = await fetch(url);
      return { answer, html: await answer.text() };
    };

    it("go from the payee's page over the operator's file to the chain", async () => {
      const { refund, operator, list, root, desk } = await wished();
      expect(refund).toMatchObject({
        provider_id: PROVIDER,
        amount: 10,
        currency_code: "eur",
        shown: "0.0002 LTC",
        status: "waits_for_payee",
        destination: null,
        takes_destination: true,
      });
      expect((await read(refund.payee_url)).html).toContain("Your Litecoin address");
      const given = await give(`${refund.payee_url}?locale=ar`, scene.purse.address);
      expect([given.status, given.headers.get("location")]).toEqual([303, "?locale=ar"]);
      expect((await read(`${refund.payee_url}?locale=ar`)).html).toContain(scene.purse.address);

      const at = `/admin/tender/manual-refunds/${PROVIDER}/${refund.id}`;
      const file = await operator.download(`${at}/file`, "POST");
      expect(file.headers.get("content-disposition")).toBe(`attachment; filename="refund-${refund.id}.psbt"`);
      expect((await give(refund.payee_url, scene.purse.address)).status).toBe(422);
      expect((await read(refund.payee_url)).html).not.toContain("<form");

      const text = await file.text();
      const unsigned = await operator.send("POST", `${at}/signed`, { text });
      expect([unsigned.status, unsigned.body.message]).toEqual([
        400,
        expect.stringContaining("not signed yet"),
      ]);
      const signed = await operator.send("POST", `${at}/signed`, {
        text: signAsOwner(scene.node.chain, root, text),
      });
      expect([signed.status, signed.body.manual_refund.status]).toEqual([200, "sent"]);
      expect((await operator.send("POST", `${at}/drop`)).status).toBe(400);
      await scene.mine(1);
      await desk.followUp();
      expect(await list()).toMatchObject([{ status: "done" }]);
      expect((await read(refund.payee_url)).html).toContain("Your refund has arrived.");
    });

    it("tell the payee what is wrong with an address, and keep what they typed", async () => {
      const { refund } = await wished();
      const answer = await give(refund.payee_url, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain("This is an address of Bitcoin, not of Litecoin regtest.");
      expect(html).toContain('value="bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"');
      expect((await give(refund.payee_url, "")).status).toBe(422);
      expect((await give(refund.payee_url, "x".repeat(6_000))).status).toBe(413);
    });

    it("show a page that runs no script, sits in no frame and is kept by nobody", async () => {
      const { refund } = await wished();
      const { answer, html } = await read(refund.payee_url);
      const policy = answer.headers.get("content-security-policy") ?? "";
      const nonce = /style-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
      expect(html).toContain(`<style nonce="${nonce}">`);
      expect(policy).toBe(
        `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      );
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      expect(answer.headers.get("x-robots-tag")).toBe("noindex");
      const again = (await read(refund.payee_url)).answer.headers.get("content-security-policy");
      expect(again).not.toBe(policy);
    });

    it("are nobody's under any other link", async () => {
      const { refund } = await wished();
      for (const url of [`${refund.payee_url.slice(0, -1)}_`, `${refund.payee_url}x`]) {
        expect((await read(url)).answer.status).toBe(404);
        expect((await give(url, scene.purse.address)).status).toBe(404);
      }
    });

    it("are given up by the operator, who alone may see and change them", async () => {
      const { refund, operator, attempt_id, list } = await wished();
      const at = `/admin/tender/manual-refunds/${PROVIDER}/${refund.id}`;
      for (const [method, path] of [
        ["GET", `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`],
        ["POST", `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`],
        ["GET", `/admin/tender/manual-refunds/${PROVIDER}`],
        ["POST", `${at}/file`],
        ["POST", `${at}/signed`],
        ["POST", `${at}/prepare`],
        ["POST", `${at}/drop`],
      ] as const) {
        expect((await fetch(`${running.base_url()}${path}`, { method })).status).toBe(401);
      }
      expect((await operator.send("POST", `${at}/drop`)).body.manual_refund.status).toBe("dropped");
      expect(await list()).toMatchObject([{ status: "dropped" }]);
      expect((await operator.send("POST", `${at}/file`)).status).toBe(400);
    });

    it("are opened for what was paid beyond the amount, once it is certain", async () => {
      const { operator, attempt_id } = await wished();
      const path = `/admin/tender/payment-attempts/${attempt_id}/manual-refunds`;
      expect((await operator.send("POST", path)).status).toBe(400);
      await scene.mine(5);
      const { status, body } = await operator.send("POST", path);
      expect(status).toBe(200);
      expect(body.manual_refund).toMatchObject({ amount: null, currency_code: null, shown: "0.0002 LTC" });
      expect((await operator.send("POST", path)).status).toBe(400);
    });

    it("are 404 of an attempt or a provider that is not known", async () => {
      const { operator } = await wished();
      const attempt = "/admin/tender/payment-attempts/payatt_unknown/manual-refunds";
      expect((await operator.send("GET", attempt)).status).toBe(404);
      expect((await operator.send("POST", "/admin/tender/manual-refunds/pp_nobody/1/drop")).status).toBe(404);
    });
  });
});
