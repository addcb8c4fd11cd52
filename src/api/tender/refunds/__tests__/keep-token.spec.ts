import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import express from "express";
import type { AddressInfo } from "node:net";
import { keepTokenOutOfLog, refundPath } from "../keep-token";

describe("a payee's link", () => {
  it("is not what the log shows of the request, and still finds its page", async () => {
    const app = express();
    const logged: string[] = [];
    app.use((req, res, next) => {
      res.once("finish", () => logged.push(req.originalUrl));
      next();
    });
    app.use("/tender/refunds/:token", (req, res, next) =>
      keepTokenOutOfLog(req as unknown as MedusaRequest, res as unknown as MedusaResponse, next),
    );
    app.get("/tender/refunds/:token", (req, res) => {
      res.send(req.params.token);
    });
    const server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${refundPath("the-secret")}?locale=ar`);
      expect(await answer.text()).toBe("the-secret");
      expect(logged).toEqual(["/tender/refunds/[token]?locale=ar"]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
