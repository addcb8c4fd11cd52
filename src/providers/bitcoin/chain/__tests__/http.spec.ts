import { createServer, type Server } from "node:http";
import { requestHttp } from "../http";

describe("a request to a node", () => {
  let server: Server | undefined;
  let requests = 0;

  /** A node that closes the connection under its first requests. */
  async function closing(first: number): Promise<URL> {
    requests = 0;
    server = createServer((request, response) => {
      requests += 1;
      if (requests <= first) {
        request.socket.destroy();
      } else {
        response.end("answered");
      }
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return new URL(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
  }
  const ask = (url: URL) =>
    requestHttp("The node", { url, method: "GET", timeout_ms: 5_000, limit_bytes: 100 });

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it("is made once more where the connection was closed under it", async () => {
    const { status, body } = await ask(await closing(1));
    expect([status, body.toString(), requests]).toEqual([200, "answered", 2]);
  });

  it("is not made a third time", async () => {
    await expect(ask(await closing(2))).rejects.toMatchObject({ problem: "unreachable" });
    expect(requests).toBe(2);
  });
});
