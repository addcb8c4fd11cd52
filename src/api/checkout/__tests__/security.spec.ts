import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import express from "express";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserSources } from "../../../gateway";
import { refuseInsecure, secure } from "../security";

type Reply = { status: number | undefined; headers: http.IncomingHttpHeaders };

/** A real Express in front of the two functions, trusting proxies as `trust_proxy` says. */
async function ask(
  request: { path?: string; headers?: Record<string, string>; trust_proxy?: boolean } = {},
): Promise<Reply> {
  const app = express();
  app.set("trust proxy", request.trust_proxy ?? false);
  app.use((req, res) => {
    secure(res);
    if (!refuseInsecure(req as unknown as MedusaRequest, res as unknown as MedusaResponse)) {
      res.send("the page");
    }
  });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const headers = { host: "shop.example", ...request.headers };
      http
        .get({ host: "127.0.0.1", port, path: request.path ?? "/checkout/cart_1", headers }, (reply) => {
          reply.resume();
          resolve({ status: reply.statusCode, headers: reply.headers });
        })
        .on("error", reject);
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const NODE_ENV = process.env["NODE_ENV"];

afterEach(() => {
  process.env["NODE_ENV"] = NODE_ENV;
});

describe("the checkout in production", () => {
  beforeEach(() => {
    process.env["NODE_ENV"] = "production";
  });

  it("sends http to the same page over https, and no cache keeps that", async () => {
    const { status, headers } = await ask({ path: "/checkout/cart_1?attempt=payatt_1" });
    expect(status).toBe(308);
    expect(headers.location).toBe("https://shop.example/checkout/cart_1?attempt=payatt_1");
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("believes X-Forwarded-Proto from a proxy that Express trusts", async () => {
    const headers = { "x-forwarded-proto": "https" };
    expect((await ask({ headers, trust_proxy: true })).status).toBe(200);
    expect((await ask({ headers: { "x-forwarded-proto": "http" }, trust_proxy: true })).status).toBe(308);
  });

  it("does not believe X-Forwarded-Proto or X-Forwarded-Host from anybody else", async () => {
    const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "elsewhere.example" };
    const answer = await ask({ headers });
    expect(answer.status).toBe(308);
    expect(answer.headers.location).toBe("https://shop.example/checkout/cart_1");
  });

  it.each(["//elsewhere.example/checkout", "/\\elsewhere.example", "https://elsewhere.example/"])(
    "never sends %s to another host",
    async (path) => {
      const { status, headers } = await ask({ path });
      expect([308, 400]).toContain(status);
      expect(headers.location ?? "https://shop.example/").toMatch(/^https:\/\/shop\.example\//);
    },
  );

  it("asks browsers to stay with https for two years, on the redirect too", async () => {
    const over_https = { headers: { "x-forwarded-proto": "https" }, trust_proxy: true };
    for (const request of [{}, over_https]) {
      expect((await ask(request)).headers["strict-transport-security"]).toBe("max-age=63072000");
    }
  });
});

describe("the checkout in development", () => {
  it("answers over http, and asks for nothing that would outlast it", async () => {
    process.env["NODE_ENV"] = "development";
    const { status, headers } = await ask();
    expect(status).toBe(200);
    expect(headers["strict-transport-security"]).toBeUndefined();
  });
});

describe("what a gateway's own form needs", () => {
  const FORM: BrowserSources = {
    script: ["https://js.pay.example", "https://*.js.pay.example"],
    frame: ["https://js.pay.example"],
    connect: ["https://api.pay.example"],
    image: ["https://*.pay.example"],
    payment: ["https://js.pay.example", "https://*.pay.example"],
    popups: true,
  };

  function headersWith(sources: readonly BrowserSources[]): Record<string, string> {
    const headers: Record<string, string> = {};
    secure({ setHeader: (name, value) => (headers[name.toLowerCase()] = value) }, sources);
    return headers;
  }

  it("is allowed beside what the page needs, each source once", () => {
    const { "content-security-policy": policy = "" } = headersWith([FORM, FORM]);
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self' https://js.pay.example https://*.js.pay.example",
      "style-src 'self'",
      "img-src 'self' data: https://*.pay.example",
      "connect-src 'self' https://api.pay.example",
      "frame-src https://js.pay.example",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]);
  });

  it("may open wallets and their windows", () => {
    const headers = headersWith([FORM]);
    expect(headers["permissions-policy"]).toContain('payment=(self "https://js.pay.example")');
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin-allow-popups");
  });

  it("is allowed nowhere else", () => {
    const headers = headersWith([]);
    expect(headers["content-security-policy"]).not.toMatch(/https:|frame-src/);
    expect(headers["permissions-policy"]).toContain("payment=()");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  });

  it.each([
    "*",
    "https:",
    "http://js.pay.example",
    "'unsafe-inline'",
    "data:",
    "https://js.pay.example; script-src *",
    "https://*",
  ])("cannot be %s", (source) => {
    expect(headersWith([{ script: [source], frame: [source] }])).toEqual(headersWith([]));
  });
});
