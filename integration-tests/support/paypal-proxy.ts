import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Rewrite = (text: string) => string;
type Rule = Readonly<{ method: string; path: RegExp; rewrite: Rewrite }>;

/** Stands before the simulator and has it say what it never says of itself, e.g. that a refund failed at once. */
export class PaypalProxy {
  private readonly rules: Rule[] = [];
  private readonly server: Server;

  private constructor(private readonly behind: string) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method = "", url = "" } = request;
        const headers = new Headers();
        Object.entries(request.headers)
          .filter(([name]) => !HOP_BY_HOP.includes(name))
          .forEach(([name, value]) => headers.set(name, String(value)));
        void fetch(new URL(url, this.behind), {
          method,
          headers,
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        })
          .then(async (answer) => {
            const text = await answer.text();
            const type = answer.headers.get("content-type");
            response.writeHead(answer.status, { ...(type !== null && { "content-type": type }) });
            response.end(this.rewritten(method, url, text));
          })
          .catch(() => response.destroy());
      });
    });
  }

  static async before(url: string): Promise<PaypalProxy> {
    const proxy = new PaypalProxy(url);
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Changes every answer to such a request from now on. */
  rewrite(method: string, path: RegExp, rewrite: Rewrite): void {
    this.rules.push({ method, path, rewrite });
  }

  /** Lets everything pass again. */
  clear(): void {
    this.rules.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private rewritten(method: string, url: string, text: string): string {
    return this.rules
      .filter((rule) => rule.method === method && rule.path.test(url))
      .reduce((answer, { rewrite }) => rewrite(answer), text);
  }
}

/** Headers that are the connection's own, not the request's. */
const HOP_BY_HOP: readonly string[] = ["connection", "content-length", "host", "transfer-encoding"];
