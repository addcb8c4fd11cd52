import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A listener that can be closed so thoroughly that connections are refused, and opened again on its port. */
export class Port {
  private server: Server | undefined;
  private bound_port: number;

  /** @param wanted_port 0 lets the system choose; the choice is kept when the port is opened again */
  constructor(
    private readonly host: string,
    wanted_port: number,
    private readonly handle: (request: IncomingMessage, response: ServerResponse) => void,
  ) {
    this.bound_port = wanted_port;
  }

  get url(): string {
    const host = this.host.includes(":") ? `[${this.host}]` : this.host;
    return `http://${host}:${this.bound_port}`;
  }

  /** Does nothing when it is open. Rejects when the port is taken. */
  async open(): Promise<void> {
    if (this.server) {
      return;
    }
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, this.handle);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.bound_port, this.host, resolve);
    });
    this.server = server;
    this.bound_port = (server.address() as AddressInfo).port;
  }

  /** Stops listening and cuts every open connection. */
  async close(): Promise<void> {
    const server = this.server;
    if (!server) {
      return;
    }
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
}

/** Cuts the connection hard, as a crashed process or a broken line does. */
export function reset(socket: Socket): void {
  socket.resetAndDestroy();
}
