import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Endpoint<Received> = Readonly<{
  url: string;
  received: Received[];
  /** What it answers from now on. */
  answer: { status: number };
  stop(): Promise<void>;
}>;

/** An endpoint for webhooks that keeps what it receives. @param read what to keep of it */
export async function startEndpoint<Received>(
  read: (body: string, headers: IncomingHttpHeaders) => Received,
): Promise<Endpoint<Received>> {
  const received: Received[] = [];
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push(read(Buffer.concat(chunks).toString("utf8"), request.headers));
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
